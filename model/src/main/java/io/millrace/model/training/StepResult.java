package io.millrace.model.training;

/**
 * What one step did.
 *
 * @param loss mean negative log-likelihood per response token before the step, in nats
 * @param gradientNorm L2 norm over all trained weights, before clipping to 1
 * @param tokens tokens of the batch, prompt and response, without padding
 * @param responseTokens those that carry loss
 */
public record StepResult(double loss, double gradientNorm, int tokens, int responseTokens) {}
