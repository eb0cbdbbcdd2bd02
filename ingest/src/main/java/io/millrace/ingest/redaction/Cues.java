package io.millrace.ingest.redaction;

import java.util.BitSet;
import java.util.List;

/** A few words that introduce something; nearly every word is told from them by its outline. */
final class Cues {

    private final List<String> words;

    /** How the words begin and how long they are. */
    private final BitSet outlines = new BitSet();

    Cues(String... words) {
        this.words = List.of(words);
        for (String word : words) {
            outlines.set(outline(word.charAt(0), word.length()));
        }
    }

    private static int outline(char first, int length) {
        return first << 3 | length;
    }

    /**
     * Whether one of them stands between two places.
     *
     * @param end at most seven characters behind the start
     */
    boolean has(Text text, int start, int end) {
        if (!outlines.get(outline(text.charAt(start), end - start))) {
            return false;
        }
        for (String word : words) {
            if (word.length() == end - start && text.startsWith(word, start)) {
                return true;
            }
        }
        return false;
    }
}
