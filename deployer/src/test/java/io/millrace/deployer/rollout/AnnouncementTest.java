package io.millrace.deployer.rollout;

import static io.millrace.deployer.Examples.NOON;
import static io.millrace.deployer.Examples.deployment;
import static io.millrace.deployer.Examples.digest;
import static io.millrace.deployer.Examples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.deployer.rollout.Rollout.Live;
import io.millrace.deployer.rollout.Rollout.Refused;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentState;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnnouncementTest {

    @Test
    void theFirstLiveVersionFollowsTheBareBase() {
        List<Deployment> events =
                Announcement.of(new Live(version("v1"), digest("v1")), null, NOON);

        assertThat(events)
                .singleElement()
                .satisfies(live -> {
                    assertThat(live.deploymentId().value()).isEqualTo("d-v1-live");
                    assertThat(live.state()).isEqualTo(DeploymentState.LIVE);
                    assertThat(live.alias()).isEqualTo("millrace");
                    assertThat(live.previous()).isNull();
                });
    }

    @Test
    void theVersionBeforeRetiresAsTheNextGoesLive() {
        List<Deployment> events =
                Announcement.of(
                        new Live(version("v2"), digest("v2")),
                        deployment("v1", DeploymentState.LIVE),
                        NOON);

        assertThat(events)
                .extracting(
                        e -> e.deploymentId().value(),
                        Deployment::adapterDigest,
                        Deployment::previous)
                .containsExactly(
                        tuple("d-v1-retired", digest("v1"), null),
                        tuple("d-v2-live", digest("v2"), version("v1")));
    }

    @Test
    void aRefusalSaysWhyAndLeavesTheLiveVersionAlone() {
        List<Deployment> events =
                Announcement.of(
                        new Refused(version("v2"), digest("v2"), "it broke"),
                        deployment("v1", DeploymentState.LIVE),
                        NOON);

        assertThat(events)
                .singleElement()
                .satisfies(refused -> {
                    assertThat(refused.deploymentId().value()).isEqualTo("d-v2-refused");
                    assertThat(refused.state()).isEqualTo(DeploymentState.REFUSED);
                    assertThat(refused.reason()).isEqualTo("it broke");
                });
    }
}
