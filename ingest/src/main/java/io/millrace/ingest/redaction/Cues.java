package io.millrace.ingest.redaction;

/** A few words that introduce something; nearly every word is told from them by its outline. */
final class Cues {

    private static final int LETTERS = 256;
    private static final int LENGTHS = 8;

    private final String[] words;

    /** By how a word begins and how long it is, whether one of these looks like that. */
    private final boolean[] outlines = new boolean[LETTERS * LENGTHS];

    Cues(String... words) {
        this.words = words.clone();
        for (String word : words) {
            outlines[outline(word.charAt(0), word.length())] = true;
        }
    }

    private static int outline(char first, int length) {
        return first * LENGTHS + length;
    }

    /**
     * Whether one of them stands between two places.
     *
     * @param end at most seven characters behind the start
     */
    boolean has(Text text, int start, int end) {
        char first = text.charAt(start);
        if (first >= LETTERS || !outlines[outline(first, end - start)]) {
            return false;
        }
        char last = text.charAt(end - 1);
        for (String word : words) {
            if (word.length() == end - start
                    && word.charAt(word.length() - 1) == last
                    && text.startsWith(word, start)) {
                return true;
            }
        }
        return false;
    }
}
