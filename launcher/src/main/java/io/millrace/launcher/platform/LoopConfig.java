package io.millrace.launcher.platform;

import io.millrace.deployer.DeployerConfig;
import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.gate.GatePolicyFile;
import io.millrace.evaluator.suite.Suite;
import io.millrace.evaluator.suite.SuiteDirectory;
import io.millrace.ingest.curation.CurationFile;
import io.millrace.ingest.curation.CurationRules;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.trigger.CountTrigger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the loop decides by, from a correction to a model.
 *
 * @param suites asked at the gate, beside the stream's holdout
 * @param maxTokens longest answer, at the gate and where a request names none
 */
public record LoopConfig(
        CurationRules curation,
        CountTrigger trigger,
        TrainingConfig training,
        GatePolicy gate,
        List<Suite> suites,
        int maxTokens) {

    public LoopConfig {
        suites = List.copyOf(suites);
    }

    /**
     * The standard, with the curation rules, the gate policy and the suites that the data directory
     * holds, if any.
     */
    public static LoopConfig in(Path dataDirectory) {
        LoopConfig standard = standard();
        Path policy = policyFile(dataDirectory);
        Path rules = curationFile(dataDirectory);
        return new LoopConfig(
                Files.exists(rules) ? CurationFile.read(rules) : standard.curation,
                standard.trigger,
                standard.training,
                Files.exists(policy) ? GatePolicyFile.read(policy) : standard.gate,
                SuiteDirectory.readAll(suites(dataDirectory)),
                standard.maxTokens);
    }

    /** Where a data directory keeps a gate policy of its own. */
    public static Path policyFile(Path dataDirectory) {
        return dataDirectory.resolve("gate-policy.yaml");
    }

    /** Where it keeps curation rules of its own. */
    public static Path curationFile(Path dataDirectory) {
        return dataDirectory.resolve("curation.yaml");
    }

    /** Where it keeps suites, each a directory. */
    public static Path suites(Path dataDirectory) {
        return dataDirectory.resolve("suites");
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
                List.of(),
                DeployerConfig.DEFAULT_MAX_TOKENS);
    }
}
