package io.millrace.evaluator.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * What a slice asks of a challenger. All scores and losses are fractions: 0.03 is three points.
 *
 * @param minimumSamples below it the slice says nothing
 * @param blocking whether doubt about this slice holds a promotion back; a certain loss fails it
 *     either way
 * @param allowedLoss the largest loss that may be measured
 * @param nonInferiorityMargin the largest loss that the interval may leave possible
 * @param minimumScore a floor that the challenger must reach whatever the champion does
 */
public record SliceRule(
        int minimumSamples,
        boolean blocking,
        double allowedLoss,
        double nonInferiorityMargin,
        double minimumScore) {

    List<String> problems(String where) {
        List<String> problems = new ArrayList<>();
        if (minimumSamples < 1) {
            problems.add(where + ".minimumSamples must be at least 1");
        }
        if (!fraction(allowedLoss)) {
            problems.add(where + ".allowedLoss must lie between 0 and 1");
        }
        if (!(fraction(nonInferiorityMargin) && nonInferiorityMargin >= allowedLoss)) {
            problems.add(where + ".nonInferiorityMargin must lie between allowedLoss and 1");
        }
        if (!fraction(minimumScore)) {
            problems.add(where + ".minimumScore must lie between 0 and 1");
        }
        return problems;
    }

    private static boolean fraction(double value) {
        return value >= 0 && value <= 1;
    }
}
