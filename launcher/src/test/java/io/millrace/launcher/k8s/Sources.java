package io.millrace.launcher.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Files of the repository, as text. */
final class Sources {

    private static final Path ROOT = Path.of("..");

    private Sources() {}

    /** The Java sources below a folder. */
    static Stream<String> under(String folder) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(Sources::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(String file) {
        return read(ROOT.resolve(file));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
