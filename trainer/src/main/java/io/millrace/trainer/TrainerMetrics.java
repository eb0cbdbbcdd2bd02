package io.millrace.trainer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.millrace.schemas.TrainingProgress;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowOutcome;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer counts and measures; the gauges of a run keep its last value until the next run.
 */
final class TrainerMetrics {

    private final MeterRegistry registry;
    private final Timer run;
    private volatile @Nullable TrainingProgress latest;

    TrainerMetrics(MeterRegistry registry, Supplier<Number> untrainedExamples) {
        this.registry = registry;
        Gauge.builder("millrace.trainer.untrained.examples", untrainedExamples).register(registry);
        gauge("millrace.trainer.loss", TrainingProgress::loss);
        gauge("millrace.trainer.tokens.per.second", TrainingProgress::tokensPerSecond);
        gauge("millrace.trainer.learning.rate", TrainingProgress::learningRate);
        gauge("millrace.trainer.gradient.norm", TrainingProgress::gradientNorm);
        gauge("millrace.trainer.step", TrainingProgress::step);
        gauge("millrace.trainer.steps", TrainingProgress::totalSteps);
        Stream.of(WindowOutcome.values()).forEach(this::windows);
        run = registry.timer("millrace.trainer.run.seconds");
    }

    private void gauge(String name, ToDoubleFunction<TrainingProgress> field) {
        Gauge.builder(name, () -> value(field)).register(registry);
    }

    private double value(ToDoubleFunction<TrainingProgress> field) {
        TrainingProgress progress = latest;
        return progress == null ? 0 : field.applyAsDouble(progress);
    }

    /** Every outcome has its counter from the start: a rate needs a zero to begin from. */
    private Counter windows(WindowOutcome outcome) {
        return registry.counter(
                "millrace.trainer.windows", "outcome", outcome.name().toLowerCase(Locale.ROOT));
    }

    void progress(TrainingProgress progress) {
        latest = progress;
    }

    void window(TrainingWindow window) {
        windows(window.outcome()).increment();
    }

    WindowResult timed(Supplier<WindowResult> window) {
        Timer.Sample started = Timer.start(registry);
        try {
            return window.get();
        } finally {
            started.stop(run);
        }
    }
}
