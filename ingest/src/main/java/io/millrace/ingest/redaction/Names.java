package io.millrace.ingest.redaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Listed names, as whole words: as they are listed, or all in capitals. So {@code Mark} is found in
 * "Mark's" and "MARK" and left alone in "mark my words" and "Marking".
 */
final class Names {

    private record Spelling(String identity, Pattern pattern) {}

    /** By first word; the longest name first. */
    private final Map<String, List<Spelling>> spellings = new HashMap<>();

    Names(Collection<String> names) {
        for (String name : names) {
            add(name, name);
            add(name, name.toUpperCase(Locale.ROOT));
        }
        spellings
                .values()
                .forEach(
                        same -> same.sort((a, b) -> b.identity().length() - a.identity().length()));
    }

    private void add(String name, String spelled) {
        String pattern = String.join("[\\s\\u00A0]{1,3}", quoted(spelled.strip().split("\\s+")));
        Text text = new Text(spelled.strip());
        spellings
                .computeIfAbsent(text.subSequence(0, text.wordEnd(0)), first -> new ArrayList<>())
                .add(
                        new Spelling(
                                name.toLowerCase(Locale.ROOT),
                                Pattern.compile(pattern + "(?![\\p{L}\\p{N}])")));
    }

    private static List<String> quoted(String[] words) {
        return Arrays.stream(words).map(Pattern::quote).toList();
    }

    boolean isEmpty() {
        return spellings.isEmpty();
    }

    /** The longest listed name whose first word is that between the two places. */
    Optional<Span> at(Text text, int start, int end) {
        List<Spelling> candidates = spellings.get(text.subSequence(start, end));
        if (candidates == null) {
            return Optional.empty();
        }
        for (Spelling candidate : candidates) {
            Matcher matcher = text.at(start, candidate.pattern());
            if (matcher.lookingAt()) {
                return Optional.of(
                        new Span(PersonalData.NAME, candidate.identity(), start, matcher.end()));
            }
        }
        return Optional.empty();
    }
}
