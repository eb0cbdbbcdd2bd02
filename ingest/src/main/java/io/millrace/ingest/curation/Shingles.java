package io.millrace.ingest.curation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The set of a text's overlapping 5-character pieces, as 64-bit hashes. Words alone would be too
 * coarse for messages of one line.
 */
final class Shingles {

    /** Odd and large, for hashes that are polynomials of characters. */
    static final long BASE = 0x9E3779B97F4A7C15L;

    private static final int LENGTH = 5;

    /** One for each piece, so some more than once. */
    private final long[] hashes;

    private long @Nullable [] distinct;

    private Shingles(long[] hashes) {
        this.hashes = hashes;
    }

    static Shingles of(String text) {
        int count = text.isEmpty() ? 0 : Math.max(1, text.length() - LENGTH + 1);
        long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = hash(text, i, Math.min(text.length(), i + LENGTH));
        }
        return new Shingles(hashes);
    }

    /** The set, sorted; made when it is first asked for. */
    private long[] distinct() {
        long @Nullable [] made = distinct;
        if (made == null) {
            made = hashes.clone();
            Arrays.sort(made);
            int count = 0;
            for (int i = 0; i < made.length; i++) {
                if (i == 0 || made[i] != made[i - 1]) {
                    made[count++] = made[i];
                }
            }
            made = Arrays.copyOf(made, count);
            distinct = made;
        }
        return made;
    }

    /** |A ∩ B| / |A ∪ B|; 1 when both are empty. */
    double jaccard(Shingles other) {
        long[] ours = distinct();
        long[] theirs = other.distinct();
        if (ours.length == 0 && theirs.length == 0) {
            return 1;
        }
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < ours.length && j < theirs.length) {
            int order = Long.compare(ours[i], theirs[j]);
            shared += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return (double) shared / (ours.length + theirs.length - shared);
    }

    /**
     * The smallest image of the set, by the upper halves of its hashes, under each x → x·factor +
     * term, modulo 2³².
     */
    int[] minima(int[] factors, int[] terms) {
        int[] upper = new int[hashes.length];
        for (int i = 0; i < upper.length; i++) {
            upper[i] = (int) (hashes[i] >>> 32);
        }
        int[] minima = new int[factors.length];
        for (int row = 0; row < minima.length; row++) {
            minima[row] = minimum(upper, factors[row], terms[row]);
        }
        return minima;
    }

    /** A loop of its own: so the compiler makes it several steps at once. */
    private static int minimum(int[] hashes, int factor, int term) {
        int minimum = Integer.MAX_VALUE;
        for (int hash : hashes) {
            minimum = Math.min(minimum, hash * factor + term);
        }
        return minimum;
    }

    private static long hash(String text, int from, int to) {
        long hash = (long) to - from;
        for (int i = from; i < to; i++) {
            hash = hash * BASE + text.charAt(i);
        }
        return mix(hash);
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014) after its odd increment. */
    static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
