package io.millrace.ingest.redaction;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /** Keeps clear of the placeholders in a text that will be redacted, or that a person typed. */
    void reserve(String text) {
        placeholdersIn(text).forEach(placeholder -> reserve(placeholder));
    }

    private void reserve(MatchResult placeholder) {
        lastNumbers.merge(
                PersonalData.valueOf(placeholder.group(1)),
                Integer.valueOf(placeholder.group(2)),
                Math::max);
    }

    private static Stream<MatchResult> placeholdersIn(String text) {
        return text.indexOf('<') < 0 ? Stream.empty() : PLACEHOLDER.matcher(text).results();
    }

    public String redact(String original) {
        Text text = new Text(original);
        placeholdersIn(original)
                .forEach(placeholder -> {
                    text.wall(placeholder.start(), placeholder.end());
                    reserve(placeholder);
                });
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
