package io.millrace.ingest.redaction;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Listed names, as whole words: as they are listed, or all in capitals. So {@code Mark} is found in
 * "Mark's" and "MARK" and left alone in "mark my words" and "Marking". A name of several words is
 * found in whatever case.
 */
final class Names {

    private static final int WIDEST_GAP = 3;

    /** By first word in small letters; the longest name first. */
    private final Map<String, List<String>> names = new HashMap<>();

    /**
     * What the first words begin with and how long they are, since nearly every word is another.
     */
    private final BitSet outlines = new BitSet();

    Names(Collection<String> listed) {
        for (String name : listed) {
            String single = String.join(" ", name.strip().split("\\s+", -1));
            Text text = new Text(single);
            int end = text.wordEnd(0);
            outlines.set(outline(text, 0, end));
            names.computeIfAbsent(lower(text, 0, end), first -> new ArrayList<>()).add(single);
        }
        names.values()
                .forEach(same -> same.sort(Comparator.comparingInt(String::length).reversed()));
    }

    private static String lower(Text text, int start, int end) {
        return text.subSequence(start, end).toLowerCase(Locale.ROOT);
    }

    private static int outline(Text text, int start, int end) {
        return Character.toLowerCase(text.charAt(start)) << 5 | Math.min(end - start, 31);
    }

    /** The longest listed name whose first word stands between two places. */
    Optional<Span> at(Text text, int start, int wordEnd) {
        if (outlines.isEmpty() || !outlines.get(outline(text, start, wordEnd))) {
            return Optional.empty();
        }
        for (String name : names.getOrDefault(lower(text, start, wordEnd), List.of())) {
            int end = end(text, start, name);
            if (end > start && isSpelled(text.subSequence(start, end), name)) {
                return Optional.of(
                        new Span(PersonalData.NAME, name.toLowerCase(Locale.ROOT), start, end));
            }
        }
        return Optional.empty();
    }

    /**
     * Where a name ends that begins at a place, in whatever case; the place itself if none does.
     */
    private static int end(Text text, int start, String name) {
        int place = start;
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == ' ') {
                int gap = place;
                while (place - gap < WIDEST_GAP && text.isOneOf(" \t\n\u00A0", place)) {
                    place++;
                }
                if (place == gap) {
                    return start;
                }
            } else if (place < text.length() && isSame(text.charAt(place), name.charAt(i))) {
                place++;
            } else {
                return start;
            }
        }
        return text.isWord(place) ? start : place;
    }

    private static boolean isSame(char a, char b) {
        return a == b || Character.toLowerCase(a) == Character.toLowerCase(b);
    }

    private static boolean isSpelled(String written, String name) {
        return name.indexOf(' ') >= 0
                || written.equals(name)
                || written.equals(name.toUpperCase(Locale.ROOT));
    }
}
