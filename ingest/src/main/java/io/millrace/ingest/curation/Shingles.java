package io.millrace.ingest.curation;

import java.util.Arrays;

/**
 * The set of a text's overlapping 5-character pieces, as sorted distinct 64-bit hashes. Words alone
 * would be too coarse for messages of one line.
 */
final class Shingles {

    private static final int LENGTH = 5;

    private final long[] hashes;

    private Shingles(long[] hashes) {
        this.hashes = hashes;
    }

    static Shingles of(String text) {
        int count = text.isEmpty() ? 0 : Math.max(1, text.length() - LENGTH + 1);
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(text, i, Math.min(text.length(), i + LENGTH));
        }
        Arrays.sort(hashes);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[distinct++] = hashes[i];
            }
        }
        return new Shingles(Arrays.copyOf(hashes, distinct));
    }

    /** |A ∩ B| / |A ∪ B|; 1 when both are empty. */
    double jaccard(Shingles other) {
        if (hashes.length == 0 && other.hashes.length == 0) {
            return 1;
        }
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < hashes.length && j < other.hashes.length) {
            int order = Long.compare(hashes[i], other.hashes[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return (double) shared / (hashes.length + other.hashes.length - shared);
    }

    /**
     * The smallest image of the set, by the upper halves of its hashes, under each x → x·factor +
     * term, modulo 2³².
     */
    int[] minima(int[] factors, int[] terms) {
        int[] minima = new int[factors.length];
        Arrays.fill(minima, Integer.MAX_VALUE);
        for (long hash : hashes) {
            int upper = (int) (hash >>> 32);
            for (int i = 0; i < minima.length; i++) {
                minima[i] = Math.min(minima[i], upper * factors[i] + terms[i]);
            }
        }
        return minima;
    }

    private static long hash(String text, int from, int to) {
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = mix(hash ^ text.charAt(i));
        }
        return hash;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014) after its odd increment. */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
