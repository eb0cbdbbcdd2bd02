package io.millrace.launcher.demo;

import io.millrace.launcher.broker.DataDirectory;
import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The demo starts from nothing: what an earlier run left is moved aside, and only the run before
 * that is deleted.
 *
 * @param earlier where the earlier run is now, if there was one
 */
public record DemoDirectory(Path directory, Optional<Path> earlier) {

    /**
     * Moves an earlier run aside and opens a new directory.
     *
     * @throws MillraceException when another process runs on it, or it can't be moved
     */
    public static DemoDirectory makeRoom(Path directory) {
        Optional<DataDirectory> existing = DataDirectory.existing(directory);
        if (existing.isEmpty()) {
            return opened(directory, Optional.empty());
        }
        if (existing.get().runningBroker().isPresent()) {
            throw new MillraceException(
                    "Millrace is running on %s: stop it first, or name another --data-dir"
                            .formatted(directory));
        }
        DataDirectory.open(directory); // a full disk shows before anything is moved
        Path previous = directory.resolveSibling(directory.getFileName() + ".previous");
        try {
            if (DataDirectory.existing(previous).isPresent()) {
                delete(previous);
            }
            return opened(directory, Optional.of(Files.move(directory, previous)));
        } catch (IOException | UncheckedIOException e) {
            throw new MillraceException(
                    "the earlier run in %s can't be moved to %s: name another --data-dir (%s)"
                            .formatted(directory, previous, e.getMessage()),
                    e);
        }
    }

    private static DemoDirectory opened(Path directory, Optional<Path> earlier) {
        DataDirectory.open(directory);
        return new DemoDirectory(directory, earlier);
    }

    /** As it was before: for a demo that could not begin. */
    public void undo() {
        try {
            delete(directory);
            if (earlier.isPresent()) {
                Files.move(earlier.get(), directory);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new MillraceException(
                    "%s can't be put back as it was: delete it yourself (%s)"
                            .formatted(directory, e.getMessage()),
                    e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
