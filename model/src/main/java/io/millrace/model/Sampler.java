package io.millrace.model;

import io.millrace.model.config.ModelException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Chooses the next token of one answer from logits. Its randomness depends on the seed and the
 * answer's place alone, so that it is the same whatever else is in the batch.
 */
final class Sampler {

    private final GenerationOptions options;
    private final SplittableRandom random;
    private final BitSet said = new BitSet();

    /**
     * @param place of the prompt among those asked together
     */
    Sampler(GenerationOptions options, int[] prompt, int place) {
        this.options = options;
        this.random = new SplittableRandom(options.seed() + 0x9E3779B97F4A7C15L * place);
        if (options.repetitionPenalty() != 1) {
            Arrays.stream(prompt).forEach(said::set);
        }
    }

    /**
     * @param logits of every token, changed in place
     */
    int next(float[] logits) {
        penalise(logits);
        int best = argmax(logits);
        if (!Float.isFinite(logits[best])) {
            throw new ModelException(
                    "the model gave NaN or infinite logits: its weights are broken");
        }
        int token = options.temperature() == 0 ? best : draw(logits, logits[best]);
        if (options.repetitionPenalty() != 1) {
            said.set(token);
        }
        return token;
    }

    private void penalise(float[] logits) {
        double penalty = options.repetitionPenalty();
        said.stream()
                .forEach(token ->
                        logits[token] =
                                (float)
                                        (logits[token] > 0
                                                ? logits[token] / penalty
                                                : logits[token] * penalty));
    }

    private static int argmax(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best] || Float.isNaN(logits[i])) {
                best = i;
            }
        }
        return best;
    }

    private int draw(float[] logits, float highest) {
        double[] weights = new double[logits.length];
        Arrays.setAll(weights, i -> Math.exp((logits[i] - highest) / options.temperature()));
        int[] drawnFrom = nucleus(weights, likeliest(weights));
        double mass = Arrays.stream(drawnFrom).mapToDouble(i -> weights[i]).sum();
        double left = random.nextDouble() * mass;
        for (int token : drawnFrom) {
            left -= weights[token];
            if (left < 0) {
                return token;
            }
        }
        return drawnFrom[0];
    }

    /** The {@code topK} likeliest tokens, and those as likely as the last of them. */
    private int[] likeliest(double[] weights) {
        int[] all = IntStream.range(0, weights.length).toArray();
        if (options.topK() == 0 || options.topK() >= all.length) {
            return all;
        }
        double[] ascending = weights.clone();
        Arrays.sort(ascending);
        double least = ascending[ascending.length - options.topK()];
        return Arrays.stream(all).filter(i -> weights[i] >= least).toArray();
    }

    /**
     * The likeliest of some tokens that together hold {@code topP} of their mass. A token with less
     * than an even share of the rest can't be among them, so only the others are sorted.
     */
    private int[] nucleus(double[] weights, int[] tokens) {
        if (options.topP() == 1) {
            return tokens;
        }
        double mass = Arrays.stream(tokens).mapToDouble(i -> weights[i]).sum();
        double wanted = options.topP() * mass;
        double least = (mass - wanted) / tokens.length;
        int[] descending =
                Arrays.stream(tokens)
                        .filter(i -> weights[i] >= least)
                        .boxed()
                        .sorted((a, b) -> Double.compare(weights[b], weights[a]))
                        .mapToInt(Integer::intValue)
                        .toArray();
        double held = 0;
        for (int kept = 0; kept < descending.length; kept++) {
            held += weights[descending[kept]];
            if (held >= wanted) {
                return Arrays.copyOf(descending, kept + 1);
            }
        }
        return descending;
    }
}
