package io.millrace.evaluator;

import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.gate.GatePolicyFile;
import io.millrace.evaluator.suite.Suite;
import java.nio.file.Path;
import java.util.List;

/**
 * What an evaluator is told.
 *
 * @param dataDirectory reports are written below it
 * @param suites asked beside the stream's holdout
 */
public record EvaluatorConfig(Path dataDirectory, GatePolicy policy, List<Suite> suites) {

    public EvaluatorConfig {
        suites = List.copyOf(suites);
    }

    /** The standard policy, and the stream's holdout alone. */
    public static EvaluatorConfig standard(Path dataDirectory) {
        return new EvaluatorConfig(dataDirectory, GatePolicyFile.standard(), List.of());
    }

    Path reports() {
        return dataDirectory.resolve("reports");
    }
}
