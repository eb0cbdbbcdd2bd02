package io.millrace.launcher.bench;

import io.millrace.schemas.EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A gate suite of questions in {@link Prose}, so that contamination has something to look for. */
final class AskedCases {

    private static final int CHARS = 120;

    private AskedCases() {}

    private record Case(String id, String prompt, List<String> references) {}

    static void write(Path suite, int cases, long seed) {
        Prose prose = new Prose(new Random(seed + 1));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < cases; i++) {
            Case asked = new Case("case-" + i, prose.text(CHARS), List.of(prose.text(CHARS)));
            lines.append(EventJson.MAPPER.writeValueAsString(asked)).append('\n');
        }
        try {
            Files.createDirectories(suite);
            Files.writeString(
                    suite.resolve("suite.yaml"), "name: %s%n".formatted(suite.getFileName()));
            Files.writeString(suite.resolve("cases.jsonl"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
