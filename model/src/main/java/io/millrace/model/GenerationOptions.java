package io.millrace.model;

import java.util.List;

/**
 * How to choose each next token, in this order: the penalty, the temperature, the likeliest so
 * many, the nucleus.
 *
 * @param maxTokens longest answer
 * @param temperature 0 for greedy
 * @param topK draws from so many of the likeliest tokens (Fan et al. 2018); 0 for all of them
 * @param topP nucleus of the distribution to draw from (Holtzman et al. 2020); 1 for all of it
 * @param repetitionPenalty divides the positive logits of tokens that the prompt or the answer has
 *     already, and multiplies the negative ones (Keskar et al. 2019); 1 for none
 * @param stop an answer ends before the first of these texts
 * @param seed the same seed, prompt and options give the same answer
 */
public record GenerationOptions(
        int maxTokens,
        double temperature,
        int topK,
        double topP,
        double repetitionPenalty,
        List<String> stop,
        long seed) {

    public GenerationOptions {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1");
        }
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature must be between 0 and 2");
        }
        if (topK < 0) {
            throw new IllegalArgumentException("topK must be at least 0");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1");
        }
        if (!(repetitionPenalty > 0 && Double.isFinite(repetitionPenalty))) {
            throw new IllegalArgumentException("repetitionPenalty must be above 0");
        }
        stop = List.copyOf(stop);
        if (stop.contains("")) {
            throw new IllegalArgumentException("stop must not hold an empty text");
        }
    }

    /** Draws from all tokens, without a penalty and stop texts. */
    public GenerationOptions(int maxTokens, double temperature, double topP, long seed) {
        this(maxTokens, temperature, 0, topP, 1, List.of(), seed);
    }

    public static GenerationOptions greedy(int maxTokens) {
        return new GenerationOptions(maxTokens, 0, 1, 0);
    }
}
