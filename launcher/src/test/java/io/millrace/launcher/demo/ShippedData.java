package io.millrace.launcher.demo;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.ingest.importer.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** What the repository ships, as tests of this module find it. */
final class ShippedData {

    static final Path BASE_MODEL = Path.of("../model/base");

    private ShippedData() {}

    static List<LabelledExample> stream() {
        return read("stream.jsonl");
    }

    static List<LabelledExample> holdout() {
        return read("holdout.jsonl");
    }

    /** The messages to other desks that the base model was made with. */
    static List<String> baseHasRead() throws IOException {
        return Files.readAllLines(Path.of("../trainer/data/pretraining/desks.jsonl")).stream()
                .map(line -> JsonMapper.shared().readTree(line).path("text").asString())
                .toList();
    }

    private static List<LabelledExample> read(String file) {
        Rows rows = Rows.read(Path.of("data/support-desk", file), "");
        if (!rows.bad().isEmpty()) {
            throw new IllegalStateException(file + ": " + rows.bad());
        }
        return rows.examples();
    }
}
