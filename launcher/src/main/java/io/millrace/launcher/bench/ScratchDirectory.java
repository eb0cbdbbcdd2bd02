package io.millrace.launcher.bench;

import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory that is gone afterwards, where {@code java.io.tmpdir} says: the disk that is
 * measured.
 */
record ScratchDirectory(Path path) implements AutoCloseable {

    static ScratchDirectory create() {
        try {
            return new ScratchDirectory(Files.createTempDirectory("millrace-bench-"));
        } catch (IOException e) {
            throw new MillraceException(
                    "no temporary directory could be made: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
