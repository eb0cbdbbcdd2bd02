package io.millrace.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One document of the golden corpus, {@code src/test/resources/golden/v1/<topic>/*.json}.
 *
 * <p>The corpus is written by hand and only grows: what a released version could read, every later
 * one reads. When an event gains a field, leave these files as they are and add one that has it.
 */
record Golden(Topic<?> topic, String name, JsonNode document) {

    private static final Path CORPUS = Path.of("src/test/resources/golden/v1");

    static List<Golden> valid() {
        return all("");
    }

    static List<Golden> invalid() {
        return all("invalid");
    }

    static Golden of(Topic<?> topic, String name) {
        return read(topic, CORPUS.resolve(topic.name()).resolve(name + ".json"));
    }

    /** The document that has every field, those that were added later among them. */
    static Golden full(Topic<?> topic) {
        return in(topic, CORPUS.resolve(topic.name()))
                .filter(golden -> golden.name().startsWith("full"))
                .max(Comparator.comparingInt(golden -> golden.document().size()))
                .orElseThrow();
    }

    private static List<Golden> all(String folder) {
        return Topics.all().stream()
                .flatMap(topic -> in(topic, CORPUS.resolve(topic.name()).resolve(folder)))
                .toList();
    }

    private static Stream<Golden> in(Topic<?> topic, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(file -> read(topic, file))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Golden read(Topic<?> topic, Path file) {
        return new Golden(
                topic, file.getFileName().toString(), EventJson.MAPPER.readTree(file.toFile()));
    }

    byte[] bytes() {
        return EventJson.MAPPER.writeValueAsBytes(document);
    }

    @Override
    public String toString() {
        return topic.name() + "/" + name;
    }
}
