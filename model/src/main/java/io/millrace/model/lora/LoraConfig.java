package io.millrace.model.lora;

import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Linear;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * A low-rank adaptation (Hu et al. 2021): each target's weight W becomes W + {@link #scale} · B·A.
 *
 * @param rank inner width of A {@code (rank, in)} and B {@code (out, rank)}
 * @param dropout share of the adapter's inputs left out of each training step, from 0 to below 1
 * @param rankStabilised whether the scale is alpha/sqrt(rank) rather than alpha/rank, so that an
 *     adapter of high rank learns no more slowly (rsLoRA, Kalajdzievski 2023, arXiv:2312.03732)
 * @param targetModules such as {@code q_proj} or {@code self_attn.q_proj}, in every block; kept by
 *     their short names, in the order of {@link Linear}
 */
public record LoraConfig(
        int rank,
        double alpha,
        double dropout,
        boolean rankStabilised,
        List<String> targetModules) {

    /** Every target module's name. */
    public static final List<String> ALL =
            Arrays.stream(Linear.values()).map(Linear::moduleName).toList();

    /**
     * Checks the numbers and the names.
     *
     * @throws ModelException naming the field, as PEFT calls it, and what it may hold
     */
    public LoraConfig {
        if (rank < 1) {
            throw new ModelException("r must be at least 1");
        }
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new ModelException("lora_alpha must be a number above 0");
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new ModelException("lora_dropout must be from 0 to below 1");
        }
        EnumSet<Linear> wanted = EnumSet.noneOf(Linear.class);
        targetModules.forEach(module -> wanted.add(target(module)));
        targetModules = wanted.stream().map(Linear::moduleName).toList();
        if (targetModules.isEmpty()) {
            throw new ModelException("target_modules must name at least one layer");
        }
    }

    /** Scaled by alpha/rank, without dropout. */
    public LoraConfig(int rank, double alpha, List<String> targetModules) {
        this(rank, alpha, 0, false, targetModules);
    }

    private static Linear target(String module) {
        return Linear.named(module)
                .orElseThrow(() ->
                        new ModelException(
                                "target_modules has '"
                                        + module
                                        + "', which is no linear layer of a block; use "
                                        + String.join(", ", ALL)));
    }

    /** Adapters beside every linear layer. */
    public static LoraConfig allLinear(int rank, double alpha) {
        return new LoraConfig(rank, alpha, ALL);
    }

    /** The factor on B·A. */
    public double scale() {
        return rankStabilised ? alpha / Math.sqrt(rank) : alpha / rank;
    }

    /** Whether an adapter of the other shape goes on being one of this: dropout does not matter. */
    public boolean continues(LoraConfig other) {
        return rank == other.rank
                && alpha == other.alpha
                && rankStabilised == other.rankStabilised
                && targetModules.equals(other.targetModules);
    }

    /** The adapted layers, in order. */
    public List<Linear> targets() {
        return targetModules.stream().map(m -> Linear.named(m).orElseThrow()).toList();
    }
}
