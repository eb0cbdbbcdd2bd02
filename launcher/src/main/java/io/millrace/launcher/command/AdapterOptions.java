package io.millrace.launcher.command;

import io.millrace.model.LanguageModel;
import io.millrace.model.decoder.Linear;
import io.millrace.model.lora.LoraConfig;
import io.millrace.runtime.UsageException;
import io.millrace.trainer.training.LoraBase;
import java.util.List;
import picocli.CommandLine.Option;

/** The shape of the adapter that is trained. */
final class AdapterOptions {

    @Option(
            names = "--rank",
            paramLabel = "R",
            description = "of the adapter (default: ${DEFAULT-VALUE})")
    private int rank = 16;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            description = "the adapter's product is multiplied by A/R (default: ${DEFAULT-VALUE})")
    private double alpha = 32;

    @Option(names = "--rslora", description = "multiplies it by A/sqrt(R) instead")
    private boolean rankStabilised;

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "NAME",
            description =
                    "adapts these layers of each block, such as q_proj,v_proj (default: all seven)")
    private List<String> targets = LoraConfig.ALL;

    @Option(
            names = "--dropout",
            paramLabel = "SHARE",
            description =
                    "of the adapter's inputs, left out of each step (default: ${DEFAULT-VALUE})")
    private double dropout;

    int rank() {
        return rank;
    }

    double alpha() {
        return alpha;
    }

    /**
     * Checks what {@link LoraBase} takes, before a model is opened.
     *
     * @throws UsageException naming the option, and what it may be
     */
    void check() {
        if (!(dropout >= 0 && dropout < 1)) {
            throw new UsageException("--dropout must be from 0 to below 1");
        }
        for (String target : targets) {
            if (Linear.named(target).isEmpty()) {
                throw new UsageException(
                        "--targets: '%s' is no linear layer of a block; use some of %s"
                                .formatted(target, String.join(",", LoraConfig.ALL)));
            }
        }
    }

    LoraBase of(LanguageModel base) {
        return new LoraBase(base, targets, dropout, rankStabilised);
    }
}
