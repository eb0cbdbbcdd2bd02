package io.millrace.trainer.training;

import java.util.List;

/** How a training run ended. */
public sealed interface RunResult {

    /**
     * The learner holds a trained adapter, and has saved it.
     *
     * @param trainLoss mean loss of the last epoch, nats per response token
     * @param lossCurve mean loss of successive stretches of the run, at most {@value
     *     LossCurve#POINTS}
     * @param refusals what was left out, and why, as a sentence; empty when nothing was
     */
    record Trained(double trainLoss, List<Double> lossCurve, String refusals) implements RunResult {

        public Trained {
            lossCurve = List.copyOf(lossCurve);
        }
    }

    /** Nothing could be learned from: the reason names the examples. */
    record Untrainable(String reason) implements RunResult {}

    /** Training went wrong in a way that a repetition would repeat. */
    record Failed(String reason) implements RunResult {}

    /** The run was given up half-way because the service is closing. */
    record Abandoned() implements RunResult {}
}
