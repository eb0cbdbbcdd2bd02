package io.millrace.trainer;

import io.millrace.model.artefact.ArtefactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a run writes before it publishes. What is left when it is closed is deleted: an abandoned
 * run leaves nothing.
 */
record Staging(Path dataset, Path adapter) implements AutoCloseable {

    static Staging in(ArtefactStore store) {
        return new Staging(store.stage(), store.stage());
    }

    @Override
    public void close() {
        Stream.of(dataset, adapter).forEach(Staging::delete);
    }

    /** Deletes a directory with all that is in it, if it is there. */
    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> innermostFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : innermostFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
