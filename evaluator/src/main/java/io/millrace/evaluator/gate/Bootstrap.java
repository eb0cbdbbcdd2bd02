package io.millrace.evaluator.gate;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, chapter 13).
 */
final class Bootstrap {

    private Bootstrap() {}

    /** The interval of the mean: cases drawn with replacement, {@code resamples} times. */
    static Interval interval(
            double[] values, int resamples, double confidence, SplittableRandom random) {
        double[] means = new double[resamples];
        for (int r = 0; r < resamples; r++) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += values[random.nextInt(values.length)];
            }
            means[r] = sum / values.length;
        }
        Arrays.sort(means);
        int tail = (int) Math.floor((1 - confidence) / 2 * resamples);
        return new Interval(means[tail], means[resamples - 1 - tail]);
    }
}
