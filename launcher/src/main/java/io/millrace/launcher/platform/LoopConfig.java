package io.millrace.launcher.platform;

import io.millrace.deployer.DeployerConfig;
import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.gate.GatePolicyFile;
import io.millrace.ingest.curation.CurationRules;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.trigger.CountTrigger;
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
