package io.millrace.evaluator.report;

import java.util.List;
import java.util.stream.LongStream;

/** A plot's axis with ticks at round numbers. */
record Axis(double low, double high, double step) {

    private static final int ABOUT_TICKS = 7;
    private static final double SMALLEST_SPAN = 1e-6;

    /** The smallest axis with round ends that holds both values. */
    static Axis over(double least, double most) {
        double farthest = Math.max(most, least + SMALLEST_SPAN);
        double rough = (farthest - least) / ABOUT_TICKS;
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = magnitude * roundFactor(rough / magnitude);
        return new Axis(Math.floor(least / step) * step, Math.ceil(farthest / step) * step, step);
    }

    private static double roundFactor(double factor) {
        if (factor <= 1) {
            return 1;
        }
        return factor <= 2 ? 2 : factor <= 5 ? 5 : 10;
    }

    List<Double> ticks() {
        return LongStream.rangeClosed(Math.round(low / step), Math.round(high / step))
                .mapToObj(tick -> tick * step)
                .toList();
    }

    /** Where a value lies between two pixels. */
    double at(double value, double first, double last) {
        return first + (value - low) / (high - low) * (last - first);
    }
}
