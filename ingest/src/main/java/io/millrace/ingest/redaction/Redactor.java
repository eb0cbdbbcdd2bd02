package io.millrace.ingest.redaction;

import io.millrace.ingest.redaction.PersonalData.Found;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Replaces personal data in the texts of one event. The same datum gets the same placeholder in
 * every text that this redactor sees, so what the texts say about each other survives. Text without
 * personal data comes back unchanged.
 */
public final class Redactor {

    private final Map<PersonalData, Map<String, String>> placeholders =
            new EnumMap<>(PersonalData.class);

    public String redact(String text) {
        String redacted = text;
        for (PersonalData kind : PersonalData.values()) {
            redacted = redact(redacted, kind);
        }
        return redacted;
    }

    public @Nullable String redactNullable(@Nullable String text) {
        return text == null ? null : redact(text);
    }

    private String redact(String text, PersonalData kind) {
        Matcher matcher = kind.candidates(text);
        StringBuilder redacted = new StringBuilder();
        int copied = 0;
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            Optional<Found> found = kind.check(matcher.group());
            if (found.isPresent()) {
                redacted.append(text, copied, matcher.start())
                        .append(placeholder(kind, found.get()));
                copied = matcher.start() + found.get().length();
                from = copied;
            } else {
                from = matcher.start() + 1;
            }
        }
        return redacted.append(text, copied, text.length()).toString();
    }

    private String placeholder(PersonalData kind, Found datum) {
        Map<String, String> known = placeholders.computeIfAbsent(kind, k -> new HashMap<>());
        return known.computeIfAbsent(
                datum.identity(), d -> "<" + kind + "_" + (known.size() + 1) + ">");
    }
}
