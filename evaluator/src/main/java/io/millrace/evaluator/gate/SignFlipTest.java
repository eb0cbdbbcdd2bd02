package io.millrace.evaluator.gate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The paired permutation test. When two examinees are equally good, who of them won a case is a
 * coin toss, so flipping the signs of the differences at random shows how large a gain chance
 * makes. Valid where the bootstrap is too hopeful: when few cases differ.
 */
final class SignFlipTest {

    /** Sums of the same differences in another order may differ by as much. */
    private static final double ROUNDING = 1e-9;

    private SignFlipTest() {}

    /**
     * One-sided: (c + 1) / (resamples + 1), c the flipped samples that gain at least as much as the
     * real one.
     */
    static double gainPValue(double[] changes, int resamples, SplittableRandom random) {
        double[] differing = Arrays.stream(changes).filter(change -> change != 0).toArray();
        double observed = Arrays.stream(differing).sum();
        int asLarge = 0;
        for (int r = 0; r < resamples; r++) {
            if (flippedSum(differing, random) >= observed - ROUNDING) {
                asLarge++;
            }
        }
        return (asLarge + 1.0) / (resamples + 1.0);
    }

    private static double flippedSum(double[] values, SplittableRandom random) {
        double sum = 0;
        long coins = 0;
        for (int i = 0; i < values.length; i++) {
            if (i % Long.SIZE == 0) {
                coins = random.nextLong();
            }
            sum += (coins & 1) == 0 ? values[i] : -values[i];
            coins >>>= 1;
        }
        return sum;
    }
}
