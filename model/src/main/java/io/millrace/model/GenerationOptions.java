package io.millrace.model;

/**
 * How to choose each next token.
 *
 * @param maxTokens longest answer
 * @param temperature 0 for greedy
 * @param topP nucleus of the distribution to draw from (Holtzman et al. 2020); 1 for all of it
 * @param seed the same seed, prompt and options give the same answer
 */
public record GenerationOptions(int maxTokens, double temperature, double topP, long seed) {

    public GenerationOptions {
        if (maxTokens < 1) {
            throw new IllegalArgumentException("maxTokens must be at least 1");
        }
        if (!(temperature >= 0 && temperature <= 2)) {
            throw new IllegalArgumentException("temperature must be between 0 and 2");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1");
        }
    }

    public static GenerationOptions greedy(int maxTokens) {
        return new GenerationOptions(maxTokens, 0, 1, 0);
    }
}
