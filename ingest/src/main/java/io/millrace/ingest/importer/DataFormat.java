package io.millrace.ingest.importer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The shapes of data sets that can be imported. All but CSV are JSON lines or one JSON array. */
public enum DataFormat {
    /**
     * {@code instruction}, an optional {@code input}, {@code output}; or, as in Self-Instruct, a
     * list of {@code instances} with input and output.
     */
    ALPACA("instruction, input, output"),
    /** {@code instruction}, an optional {@code context}, {@code response}, {@code category}. */
    DOLLY("instruction, context, response, category"),
    /** {@code conversations} of {@code from} (human, gpt, system) and {@code value}. */
    SHAREGPT("conversations"),
    /** {@code messages} of {@code role} (system, user, assistant) and {@code content}. */
    MESSAGES("messages"),
    /** Open Assistant's trees: a {@code prompt} with ranked {@code replies} below it. */
    OASST("prompt with replies"),
    /** The columns {@code text,category}. */
    CSV("text,category");

    private final String fields;

    DataFormat(String fields) {
        this.fields = fields;
    }

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of this name, in any case. */
    public static Optional<DataFormat> labelled(String label) {
        return Arrays.stream(values()).filter(f -> f.label().equalsIgnoreCase(label)).findFirst();
    }

    /** Every format with its fields, for a person to compare with a file. */
    static String catalogue() {
        return Arrays.stream(values())
                .map(format -> format.label() + " (" + format.fields + ")")
                .collect(Collectors.joining(", "));
    }

    /** The format that has such rows. */
    static @Nullable DataFormat of(JsonNode row) {
        if (row.path("prompt").path("replies").isArray()) {
            return OASST;
        } else if (row.path("messages").isArray()) {
            return MESSAGES;
        } else if (row.path("conversations").isArray()) {
            return SHAREGPT;
        } else if (row.has("instruction") && row.has("response")) {
            return DOLLY;
        }
        boolean answered = row.has("output") || row.has("instances");
        return row.has("instruction") && answered ? ALPACA : null;
    }
}
