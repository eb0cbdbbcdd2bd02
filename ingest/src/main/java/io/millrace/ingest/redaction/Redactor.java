package io.millrace.ingest.redaction;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replaces personal data in the texts of one event. The same datum gets the same placeholder in
 * every text that this redactor sees, so what the texts say about each other survives. Text without
 * personal data comes back as the same object.
 */
public final class Redactor {

    static final Finder DEFAULT = new Finder(RedactionRules.DEFAULT);
    private static final Pattern PLACEHOLDER =
            Pattern.compile(
                    Stream.of(PersonalData.values())
                            .map(Enum::name)
                            .collect(Collectors.joining("|", "<(", ")_(\\d{1,6})>")));

    private final Finder finder;
    private final Map<PersonalData, Map<String, String>> placeholders =
            new EnumMap<>(PersonalData.class);
    private final Map<PersonalData, Integer> lastNumbers = new EnumMap<>(PersonalData.class);

    /** Looks for what {@link RedactionRules#DEFAULT} says. */
    public Redactor() {
        this(DEFAULT);
    }

    /** Looks for what these rules say. */
    public Redactor(RedactionRules rules) {
        this(new Finder(rules));
    }

    Redactor(Finder finder) {
        this.finder = finder;
    }

    public String redact(String original) {
        Text text = new Text(original);
        if (original.indexOf('<') >= 0) {
            passOver(original, text);
        }
        List<Span> found = finder.find(original, text);
        if (found.isEmpty()) {
            return original;
        }
        StringBuilder redacted = new StringBuilder(original.length());
        int copied = 0;
        for (Span span : found) {
            redacted.append(original, copied, span.start()).append(placeholder(span));
            copied = span.end();
        }
        return redacted.append(original, copied, original.length()).toString();
    }

    public @Nullable String redactNullable(@Nullable String text) {
        return text == null ? null : redact(text);
    }

    /** Placeholders of an earlier pass stay, and nothing else gets their numbers. */
    private void passOver(String original, Text text) {
        Matcher matcher = PLACEHOLDER.matcher(original);
        while (matcher.find()) {
            text.wall(matcher.start(), matcher.end());
            lastNumbers.merge(
                    PersonalData.valueOf(matcher.group(1)),
                    Integer.valueOf(matcher.group(2)),
                    Math::max);
        }
    }

    private String placeholder(Span span) {
        return placeholders
                .computeIfAbsent(span.kind(), kind -> new HashMap<>())
                .computeIfAbsent(
                        span.identity(),
                        identity ->
                                "<%s_%d>"
                                        .formatted(
                                                span.kind(),
                                                lastNumbers.merge(span.kind(), 1, Integer::sum)));
    }
}
