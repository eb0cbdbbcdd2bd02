package io.millrace.launcher.platform;

import io.millrace.deployer.DeployerConfig;
import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.gate.GatePolicyFile;
import io.millrace.ingest.curation.CurationRules;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.trigger.CountTrigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the loop decides by, from a correction to a model.
 *
 * @param maxTokens longest answer, at the gate and where a request names none
 */
public record LoopConfig(
        CurationRules curation,
        CountTrigger trigger,
        TrainingConfig training,
        GatePolicy gate,
        int maxTokens) {

    /** The standard, with the gate policy that the data directory holds, if it does. */
    public static LoopConfig in(Path dataDirectory) {
        LoopConfig standard = standard();
        Path policy = policyFile(dataDirectory);
        return Files.exists(policy)
                ? new LoopConfig(
                        standard.curation,
                        standard.trigger,
                        standard.training,
                        GatePolicyFile.read(policy),
                        standard.maxTokens)
                : standard;
    }

    /** Where a data directory keeps a gate policy of its own. */
    public static Path policyFile(Path dataDirectory) {
        return dataDirectory.resolve("gate-policy.yaml");
    }

    /**
     * What holds where nothing else is said: a run for 200 new examples, at most one a minute, when
     * the stream pauses.
     */
    public static LoopConfig standard() {
        return new LoopConfig(
                CurationRules.DEFAULT,
                new CountTrigger(
                        200, Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofMinutes(10)),
                TrainingConfig.defaults(),
                GatePolicyFile.standard(),
                DeployerConfig.DEFAULT_MAX_TOKENS);
    }
}
