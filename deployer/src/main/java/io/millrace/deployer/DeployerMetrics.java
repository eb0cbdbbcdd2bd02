package io.millrace.deployer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentState;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What the deployer counts: the steps it wrote down, and which version is live. */
final class DeployerMetrics {

    private final MeterRegistry meters;
    private final MultiGauge live;

    DeployerMetrics(MeterRegistry meters) {
        this.meters = meters;
        this.live =
                MultiGauge.builder("millrace.deployer.live.version")
                        .description(
                                "How often the alias has moved; the tag names the version behind it")
                        .register(meters);
        Stream.of(DeploymentState.values()).forEach(this::deployments);
    }

    /** Every state has its counter from the start: a rate needs a zero to begin from. */
    private Counter deployments(DeploymentState state) {
        String word = state.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return meters.counter("millrace.deployer.deployments", "state", word);
    }

    void wrote(Deployment deployment) {
        deployments(deployment.state()).increment();
    }

    void live(String version, int swaps) {
        live.register(List.of(Row.of(Tags.of("version", version), swaps)), true);
    }
}
