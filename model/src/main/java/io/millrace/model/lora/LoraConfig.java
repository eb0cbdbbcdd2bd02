package io.millrace.model.lora;

import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Linear;
import java.util.Arrays;
import java.util.List;

/**
 * A low-rank adaptation (Hu et al. 2021): each target's weight W becomes W + alpha/rank · B·A.
 *
 * @param rank inner width of A {@code (rank, in)} and B {@code (out, rank)}
 * @param targetModules such as {@code q_proj}; kept in the order of {@link Linear}
 */
public record LoraConfig(int rank, double alpha, List<String> targetModules) {

    public LoraConfig {
        if (rank < 1) {
            throw new ModelException("r must be at least 1");
        }
        if (!(alpha > 0 && Double.isFinite(alpha))) {
            throw new ModelException("lora_alpha must be a number above 0");
        }
        for (String module : targetModules) {
            if (Linear.named(module).isEmpty()) {
                throw new ModelException(
                        "target module '"
                                + module
                                + "' is unknown; use q_proj, k_proj, v_proj, o_proj, gate_proj,"
                                + " up_proj, down_proj");
            }
        }
        List<String> wanted = List.copyOf(targetModules);
        targetModules =
                Arrays.stream(Linear.values())
                        .map(Linear::moduleName)
                        .filter(wanted::contains)
                        .toList();
        if (targetModules.isEmpty()) {
            throw new ModelException("target_modules must name at least one layer");
        }
    }

    /** Adapters beside every linear layer. */
    public static LoraConfig allLinear(int rank, double alpha) {
        return new LoraConfig(
                rank, alpha, Arrays.stream(Linear.values()).map(Linear::moduleName).toList());
    }

    /** The factor on B·A. */
    public double scale() {
        return alpha / rank;
    }

    /** The adapted layers, in order. */
    public List<Linear> targets() {
        return targetModules.stream().map(m -> Linear.named(m).orElseThrow()).toList();
    }
}
