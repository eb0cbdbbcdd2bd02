package io.millrace.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A directory with one file of any bytes. */
public final class FuzzedDirectory {

    private final Path directory;
    private final Path file;

    /** A new directory for a file of this name; both go when the process ends. */
    public FuzzedDirectory(String name) {
        try {
            directory = Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file = directory.resolve(name);
        directory.toFile().deleteOnExit();
        file.toFile().deleteOnExit();
    }

    /** The directory, its file holding these bytes. */
    public Path with(byte[] content) throws IOException {
        Files.write(file, content);
        return directory;
    }

    /** The file itself. */
    public Path file() {
        return file;
    }
}
