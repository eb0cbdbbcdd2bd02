package io.millrace.model.config;

/**
 * How the frequencies of the rotary embedding are stretched, so that a model reaches further than
 * it was first trained to. Frequencies are in radians per token.
 */
public sealed interface RopeScaling {

    /** What a pair of dimensions that would turn at {@code frequency} turns at instead. */
    double stretched(double frequency);

    /** Frequencies as they are. */
    record None() implements RopeScaling {

        @Override
        public double stretched(double frequency) {
            return frequency;
        }
    }

    /**
     * Every frequency divided by a factor: position interpolation.
     *
     * @param factor at least 1
     * @see <a href="https://arxiv.org/abs/2306.15595">Chen et al. 2023</a>
     */
    record Linear(double factor) implements RopeScaling {

        public Linear {
            requireFactor(factor);
        }

        @Override
        public double stretched(double frequency) {
            return frequency / factor;
        }
    }

    /**
     * Llama 3.1's: waves longer than {@code originalPositions / lowFreqFactor} tokens are divided
     * by the factor, waves shorter than {@code originalPositions / highFreqFactor} are left, and
     * those between are a mixture of both, as {@code _compute_llama3_parameters} of transformers
     * has it.
     *
     * @param factor at least 1
     * @param lowFreqFactor above 0
     * @param highFreqFactor above {@code lowFreqFactor}
     * @param originalPositions the context before stretching, in tokens
     */
    record Llama3(double factor, double lowFreqFactor, double highFreqFactor, int originalPositions)
            implements RopeScaling {

        public Llama3 {
            requireFactor(factor);
            if (!(lowFreqFactor > 0
                    && highFreqFactor > lowFreqFactor
                    && Double.isFinite(highFreqFactor))) {
                throw new IllegalArgumentException(
                        "low_freq_factor must be above 0 and below high_freq_factor");
            }
            if (originalPositions < 1) {
                throw new IllegalArgumentException(
                        "original_max_position_embeddings must be above 0");
            }
        }

        @Override
        public double stretched(double frequency) {
            double waves = originalPositions * frequency / (2 * Math.PI); // in the old context
            double kept = (waves - lowFreqFactor) / (highFreqFactor - lowFreqFactor);
            double share = Math.clamp(kept, 0, 1);
            return (1 - share) * frequency / factor + share * frequency;
        }
    }

    private static void requireFactor(double factor) {
        if (!(factor >= 1 && Double.isFinite(factor))) {
            throw new IllegalArgumentException("factor must be a number of at least 1");
        }
    }
}
