package io.millrace.trainer.training;

import io.millrace.model.chat.Tokens;
import io.millrace.model.training.StepResult;
import io.millrace.schemas.TrainingProgress;
import io.millrace.trainer.training.LossCurve.Mean;
import io.millrace.trainer.training.Sequences.Sequence;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One run of supervised fine-tuning: tokens, batches, steps, and an adapter at the end. The clock
 * decides when progress is told, never what is learned.
 *
 * @param closing asked between steps; the run is given up once it says so
 */
public record SftRun(
        BaseModel base, Clock clock, Consumer<TrainingProgress> listener, BooleanSupplier closing) {

    private static final int REFUSALS_NAMED = 5;

    /**
     * Trains, and saves the adapter.
     *
     * @param adapter an existing empty directory; nothing is written to it unless the run ends well
     */
    public RunResult train(RunSpec spec, Path adapter) {
        Sequences sequences = Sequences.of(spec.dataset(), base, spec.config());
        String refusals = sentence(sequences.refused());
        if (sequences.trainable().isEmpty()) {
            return new RunResult.Untrainable(refusals);
        }
        try (Learner learner = base.learner(spec.parentAdapter(), spec.config(), spec.seed())) {
            RunResult result = learn(learner, spec, sequences.trainable(), refusals);
            if (result instanceof RunResult.Trained) {
                learner.save(adapter);
            }
            return result;
        }
    }

    private RunResult learn(
            Learner learner, RunSpec spec, List<Sequence> sequences, String refusals) {
        TrainingConfig config = spec.config();
        Epochs epochs =
                new Epochs(
                        sequences,
                        new WordDropout(config.wordDropout(), base),
                        new Batches(config.tokensPerBatch()),
                        spec.seed());
        int total = 0;
        for (int epoch = 0; epoch < config.epochs(); epoch++) {
            if (closing.getAsBoolean()) {
                return new RunResult.Abandoned();
            }
            total += epochs.epoch(epoch).size();
        }
        LearningRateSchedule schedule = LearningRateSchedule.of(config, total);
        LossCurve curve = new LossCurve(total);
        ProgressReport report = new ProgressReport(spec, total, clock, listener);
        Mean epochLoss = Mean.NOTHING;
        int step = 0;
        for (int epoch = 0; epoch < config.epochs(); epoch++) {
            epochLoss = Mean.NOTHING;
            for (List<Tokens> batch : epochs.epoch(epoch)) {
                if (closing.getAsBoolean()) {
                    return new RunResult.Abandoned();
                }
                double learningRate = schedule.at(step++);
                StepResult result = learner.step(batch, learningRate);
                if (!Double.isFinite(result.loss()) || !Double.isFinite(result.gradientNorm())) {
                    return diverged(result, step, total, config);
                }
                if (step > config.averageFrom() * total) {
                    learner.average();
                }
                epochLoss = epochLoss.plus(result);
                curve.add(result);
                report.add(result, learningRate);
            }
        }
        return new RunResult.Trained(epochLoss.value(), curve.points(), refusals);
    }

    private static RunResult diverged(
            StepResult result, int step, int total, TrainingConfig config) {
        return new RunResult.Failed(
                "loss %s with gradient norm %s at step %d of %d: lower learningRate (now %s)"
                        .formatted(
                                result.loss(),
                                result.gradientNorm(),
                                step,
                                total,
                                config.learningRate()));
    }

    /** Names the first few refused examples; empty when there are none. */
    private static String sentence(List<Sequences.Refusal> refused) {
        if (refused.isEmpty()) {
            return "";
        }
        String named =
                refused.stream()
                        .limit(REFUSALS_NAMED)
                        .map(Sequences.Refusal::toString)
                        .collect(Collectors.joining("; "));
        int more = refused.size() - REFUSALS_NAMED;
        return refused.size() + " refused: " + named + (more > 0 ? "; and " + more + " more" : "");
    }
}
