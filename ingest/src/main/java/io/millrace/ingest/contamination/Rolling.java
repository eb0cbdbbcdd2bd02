package io.millrace.ingest.contamination;

import java.util.List;

/** Hashes of any run of a text's words in constant time (Rabin and Karp). */
final class Rolling {

    private static final long BASE = 0x9E3779B97F4A7C15L;

    /** Of the first {@code i} words. */
    private final long[] prefixes;

    private final long[] powers;

    private Rolling(int words) {
        prefixes = new long[words + 1];
        powers = new long[words + 1];
    }

    static Rolling of(List<String> words) {
        Rolling rolling = new Rolling(words.size());
        rolling.powers[0] = 1;
        for (int i = 0; i < words.size(); i++) {
            rolling.prefixes[i + 1] = rolling.prefixes[i] * BASE + hash(words.get(i));
            rolling.powers[i + 1] = rolling.powers[i] * BASE;
        }
        return rolling;
    }

    /** Of {@code length} words from {@code start} on. */
    long hash(int start, int length) {
        return prefixes[start + length] - prefixes[start] * powers[length];
    }

    /** FNV-1a with 64 bits. */
    private static long hash(String word) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < word.length(); i++) {
            hash = (hash ^ word.charAt(i)) * 0x100000001B3L;
        }
        return hash;
    }
}
