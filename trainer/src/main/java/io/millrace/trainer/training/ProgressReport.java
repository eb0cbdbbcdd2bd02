package io.millrace.trainer.training;

import io.millrace.model.training.StepResult;
import io.millrace.schemas.TrainingProgress;
import io.millrace.schemas.WindowId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Tells a listener how a run goes, every half second and after its last step: the mean of the steps
 * since it last did.
 */
final class ProgressReport {

    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final WindowId window;
    private final int totalSteps;
    private final int epochs;
    private final Clock clock;
    private final Consumer<TrainingProgress> listener;
    private Instant since;
    private LossCurve.Mean loss = LossCurve.Mean.NOTHING;
    private long tokens;
    private int steps;

    ProgressReport(RunSpec spec, int totalSteps, Clock clock, Consumer<TrainingProgress> listener) {
        this.window = spec.window();
        this.totalSteps = totalSteps;
        this.epochs = spec.config().epochs();
        this.clock = clock;
        this.listener = listener;
        this.since = clock.instant();
    }

    void add(StepResult step, double learningRate) {
        steps++;
        loss = loss.plus(step);
        tokens += step.tokens();
        Instant now = clock.instant();
        Duration elapsed = Duration.between(since, now);
        if (elapsed.compareTo(INTERVAL) >= 0 || steps == totalSteps) {
            listener.accept(progress(step, learningRate, elapsed, now));
            since = now;
            loss = LossCurve.Mean.NOTHING;
            tokens = 0;
        }
    }

    private TrainingProgress progress(
            StepResult step, double learningRate, Duration elapsed, Instant now) {
        return new TrainingProgress(
                window,
                steps,
                totalSteps,
                (double) steps * epochs / totalSteps,
                loss.value(),
                learningRate,
                step.gradientNorm(),
                tokens * 1e9 / Math.max(1, elapsed.toNanos()),
                (double) loss.tokens() / tokens,
                now);
    }
}
