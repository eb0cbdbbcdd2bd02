package io.millrace.ingest.contamination;

/** Hashes of any run of a text's words in constant time (Rabin and Karp). */
final class Rolling {

    /** The most words of a run. */
    static final int LONGEST = 13;

    private static final long BASE = 0x9E3779B97F4A7C15L;
    private static final long[] POWERS = powers();

    private final String line;
    private final int words;

    /** Of the first {@code i} words. */
    private final long[] prefixes;

    /** Where the words begin; one more would begin behind the line's end and a space. */
    private final int[] starts;

    private Rolling(String line) {
        this.line = line;
        this.words = count(line);
        this.prefixes = new long[words + 1];
        this.starts = new int[words + 1];
        int start = 0;
        for (int word = 0; word < words; word++) {
            long hash = 0xCBF29CE484222325L; // FNV-1a with 64 bits
            int i = start;
            for (; i < line.length() && line.charAt(i) != ' '; i++) {
                hash = (hash ^ line.charAt(i)) * 0x100000001B3L;
            }
            prefixes[word + 1] = prefixes[word] * BASE + hash;
            start = i + 1;
            starts[word + 1] = start;
        }
    }

    /** Over words with one space between them. */
    static Rolling over(String line) {
        return new Rolling(line);
    }

    private static int count(String line) {
        int words = line.isEmpty() ? 0 : 1;
        for (int space = line.indexOf(' '); space >= 0; space = line.indexOf(' ', space + 1)) {
            words++;
        }
        return words;
    }

    private static long[] powers() {
        long[] powers = new long[LONGEST + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * BASE;
        }
        return powers;
    }

    int words() {
        return words;
    }

    /** Of {@code length} words from {@code start} on. */
    long hash(int start, int length) {
        return prefixes[start + length] - prefixes[start] * POWERS[length];
    }

    /** The words that {@link #hash} is of. */
    String run(int start, int length) {
        return line.substring(starts[start], starts[start + length] - 1);
    }
}
