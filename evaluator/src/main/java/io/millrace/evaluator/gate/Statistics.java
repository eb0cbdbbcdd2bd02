package io.millrace.evaluator.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * How intervals and tests are computed.
 *
 * @param seed of every resampling
 * @param resamples of the bootstrap and of the permutation test
 * @param confidence of the intervals; one minus it is the chance, at most, that luck alone passes
 *     for a gain
 */
public record Statistics(long seed, int resamples, double confidence) {

    private static final int FEWEST_RESAMPLES = 1_000;

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (resamples < FEWEST_RESAMPLES) {
            problems.add("statistics.resamples must be at least " + FEWEST_RESAMPLES);
        }
        if (!(confidence >= 0.5 && confidence < 1)) {
            problems.add("statistics.confidence must be at least 0.5 and below 1");
        }
        return problems;
    }

    /** What an interval of this confidence is called, such as {@code 95 %}. */
    public String confidenceInWords() {
        double percent = confidence * 100;
        return (percent == Math.rint(percent)
                        ? Long.toString((long) percent)
                        : Double.toString(percent))
                + " %";
    }
}
