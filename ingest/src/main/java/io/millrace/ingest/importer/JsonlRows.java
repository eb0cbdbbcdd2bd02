package io.millrace.ingest.importer;

import io.millrace.ingest.Prompts;
import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Message;
import io.millrace.schemas.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON lines in Alpaca's shape: {@code {"instruction", "input", "output"}}, the input optional. */
final class JsonlRows {

    /** A longer output is an answer, not a label to slice by. */
    private static final int MAX_LABEL = 64;

    private static final String UNLABELLED = "unlabelled";

    private JsonlRows() {}

    private record Row(String instruction, @Nullable String input, String output) {

        LabelledExample example(long line) {
            Message prompt =
                    Message.user(Prompts.userMessage(instruction, input == null ? "" : input));
            String answer = output.strip();
            boolean label = answer.length() <= MAX_LABEL && answer.lines().count() == 1;
            return new LabelledExample(List.of(prompt), answer, label ? answer : UNLABELLED, line);
        }
    }

    static Rows parse(String content) {
        List<LabelledExample> examples = new ArrayList<>();
        List<BadRow> bad = new ArrayList<>();
        long line = 0;
        for (String json : content.lines().toList()) {
            line++;
            if (!json.isBlank()) {
                read(json, line, examples, bad);
            }
        }
        return new Rows(examples, bad);
    }

    private static void read(
            String json, long line, List<LabelledExample> examples, List<BadRow> bad) {
        Row row;
        try {
            row = EventJson.read(json.getBytes(StandardCharsets.UTF_8), Row.class);
        } catch (UnreadableEventException e) {
            bad.add(new BadRow(line, e.reason()));
            return;
        }
        LabelledExample example = row.example(line);
        if (example.answer().isBlank()) {
            bad.add(new BadRow(line, "field 'output' is blank"));
        } else if (example.messages().getFirst().content().isBlank()) {
            bad.add(new BadRow(line, "fields 'instruction' and 'input' are both blank"));
        } else {
            examples.add(example);
        }
    }
}
