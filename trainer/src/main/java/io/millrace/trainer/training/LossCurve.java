package io.millrace.trainer.training;

import io.millrace.model.training.StepResult;
import java.util.ArrayList;
import java.util.List;

/**
 * The loss of a run in a few points, each the mean of equally many steps, the last of what is left;
 * no clock decides.
 */
final class LossCurve {

    static final int POINTS = 100;

    private final int stepsPerPoint;
    private final List<Double> points = new ArrayList<>();
    private Mean stretch = Mean.NOTHING;
    private int steps;

    LossCurve(int totalSteps) {
        stepsPerPoint = Math.max(1, Math.ceilDiv(totalSteps, POINTS));
    }

    void add(StepResult step) {
        stretch = stretch.plus(step);
        steps++;
        if (steps % stepsPerPoint == 0) {
            points.add(stretch.value());
            stretch = Mean.NOTHING;
        }
    }

    List<Double> points() {
        List<Double> all = new ArrayList<>(points);
        if (stretch.tokens() > 0) {
            all.add(stretch.value());
        }
        return List.copyOf(all);
    }

    /**
     * A mean over response tokens.
     *
     * @param sum of their losses
     */
    record Mean(double sum, long tokens) {

        static final Mean NOTHING = new Mean(0, 0);

        Mean plus(StepResult step) {
            return new Mean(
                    sum + step.loss() * step.responseTokens(), tokens + step.responseTokens());
        }

        double value() {
            return sum / tokens;
        }
    }
}
