package io.millrace.launcher.demo;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.ingest.importer.Rows;
import java.nio.file.Path;
import java.util.List;

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

    private static List<LabelledExample> read(String file) {
        Rows rows = Rows.read(Path.of("data/support-desk", file), "");
        if (!rows.bad().isEmpty()) {
            throw new IllegalStateException(file + ": " + rows.bad());
        }
        return rows.examples();
    }
}
