package io.millrace.schemas;

import java.time.Instant;

/**
 * How far a training run is.
 *
 * @param loss mean negative log-likelihood per response token, in nats
 * @param gradientNorm L2 norm before clipping
 * @param tokensPerSecond tokens of the batches trained, prompt and response, per second of wall
 *     time
 * @param responseShare share of those tokens that carry loss
 */
public record TrainingProgress(
        WindowId windowId,
        int step,
        int totalSteps,
        double epoch,
        double loss,
        double learningRate,
        double gradientNorm,
        double tokensPerSecond,
        double responseShare,
        Instant occurredAt)
        implements Event {

    public TrainingProgress {
        Require.atLeast(0, "step", step);
        Require.atLeast(0, "totalSteps", totalSteps);
        Require.notNegative("epoch", epoch);
        Require.notNegative("loss", loss);
        Require.notNegative("learningRate", learningRate);
        Require.notNegative("gradientNorm", gradientNorm);
        Require.notNegative("tokensPerSecond", tokensPerSecond);
        Require.between(0, 1, "responseShare", responseShare);
    }
}
