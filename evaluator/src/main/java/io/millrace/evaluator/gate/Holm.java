package io.millrace.evaluator.gate;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Holm's step-down correction: several tests, one bound on the chance of any false finding. */
final class Holm {

    private Holm() {}

    /** The adjusted p-value of each test, in the order given. */
    static double[] adjust(double[] pValues) {
        int[] ascending =
                IntStream.range(0, pValues.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> pValues[i]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double[] adjusted = new double[pValues.length];
        double largest = 0;
        for (int rank = 0; rank < ascending.length; rank++) {
            int test = ascending[rank];
            largest = Math.max(largest, Math.min(1, pValues[test] * (pValues.length - rank)));
            adjusted[test] = largest;
        }
        return adjusted;
    }
}
