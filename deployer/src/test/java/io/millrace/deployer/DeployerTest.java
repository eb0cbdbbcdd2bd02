package io.millrace.deployer;

import static io.millrace.deployer.Examples.candidate;
import static io.millrace.deployer.Examples.deployment;
import static io.millrace.deployer.Examples.digest;
import static io.millrace.deployer.Examples.pass;
import static io.millrace.deployer.Examples.verdict;
import static io.millrace.deployer.Examples.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.deployer.rollout.Attempt;
import io.millrace.deployer.rollout.Attempt.Failed;
import io.millrace.deployer.rollout.Attempt.Succeeded;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.rollout.Ledger;
import io.millrace.deployer.target.ServingTarget;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.Sha256;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeployerTest {

    /** Serves on paper: writes down each step and fails those of the versions it is told to. */
    private static final class PaperTarget implements ServingTarget {

        private final List<String> steps = new ArrayList<>();
        private final List<String> failing = new ArrayList<>();
        private Optional<ModelVersion> live = Optional.empty();

        private Attempt step(String step) {
            steps.add(step);
            return failing.contains(step) ? new Failed(step + " failed") : new Succeeded();
        }

        @Override
        public Sha256 baseDigest() {
            return Examples.BASE;
        }

        @Override
        public Attempt load(Cleared adapter) {
            return step("load " + adapter.version());
        }

        @Override
        public Attempt smokeTest(ModelVersion version) {
            return step("test " + version);
        }

        @Override
        public Attempt flip(ModelVersion version) {
            live = Optional.of(version);
            return step("flip " + version);
        }

        @Override
        public void startWithBase() {
            steps.add("base");
        }

        @Override
        public Optional<ModelVersion> live() {
            return live;
        }
    }

    private final PaperTarget target = new PaperTarget();
    private final Ledger ledger = new Ledger();
    private final List<Deployment> announced = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private boolean kafkaIsDown;
    private final Deployer deployer =
            new Deployer(
                    ledger,
                    target,
                    this::announce,
                    new DeployerMetrics(meters),
                    Clock.fixed(Examples.NOON, ZoneOffset.UTC));

    private void announce(List<Deployment> events) {
        if (kafkaIsDown) {
            throw new MillraceException("no broker");
        }
        announced.addAll(events);
    }

    @Test
    void withoutHistoryTheBareBaseAnswers() {
        deployer.restore();

        assertThat(target.steps).containsExactly("base");
        assertThat(announced).isEmpty();
        assertThat(deployer.restored()).isTrue();
    }

    @Test
    void aPassedVersionIsLoadedTestedFlippedAndThenAnnounced() {
        deployer.restore();
        deployer.heard(candidate("v1"));
        deployer.heard(pass("v1", null));

        assertThat(target.steps).containsExactly("base", "load v1", "test v1", "flip v1");
        assertThat(announced).extracting(Deployment::state).containsExactly(DeploymentState.LIVE);
    }

    @Test
    void aVerdictThatComesBeforeItsCandidateIsTakenUpWithIt() {
        deployer.restore();
        deployer.heard(pass("v1", null));
        deployer.heard(candidate("v1"));

        assertThat(target.steps).endsWith("flip v1");
    }

    @Test
    void theNextVersionRetiresTheOneBefore() {
        deployer.restore();
        goesLive("v1", null);
        goesLive("v2", "v1");

        assertThat(announced)
                .extracting(d -> d.deploymentId().value())
                .containsExactly("d-v1-live", "d-v1-retired", "d-v2-live");
        assertThat(
                        meters.get("millrace.deployer.live.version")
                                .tag("version", "v2")
                                .gauge()
                                .value())
                .isEqualTo(2);
        assertThat(meters.find("millrace.deployer.live.version").gauges()).hasSize(1);
    }

    @Test
    void aFailedVersionNeverTouchesTheTarget() {
        deployer.restore();
        deployer.heard(candidate("v1"));
        deployer.heard(verdict("v1", digest("v1"), Outcome.FAIL, null));

        assertThat(target.steps).containsExactly("base");
        assertThat(announced)
                .extracting(Deployment::state)
                .containsExactly(DeploymentState.REFUSED);
        assertThat(meters.counter("millrace.deployer.deployments", "state", "refused").count())
                .isEqualTo(1);
    }

    @Test
    void aVersionThatFailsItsSmokeTestIsRefusedAndNeverFlipped() {
        target.failing.add("test v1");
        deployer.restore();
        goesLive("v1", null);

        assertThat(target.steps).containsExactly("base", "load v1", "test v1");
        assertThat(announced).extracting(Deployment::reason).containsExactly("test v1 failed");
    }

    @Test
    void nothingIsRolledOutWhileHistoryIsReplayed() {
        goesLive("v1", null);

        assertThat(target.steps).isEmpty();
    }

    @Test
    void aVerdictThatNobodyActedOnBeforeTheRestartIsTakenUp() {
        goesLive("v1", null);
        deployer.restore();

        assertThat(target.steps).containsExactly("base", "load v1", "test v1", "flip v1");
        assertThat(announced)
                .extracting(d -> d.deploymentId().value())
                .containsExactly("d-v1-live");
    }

    @Test
    void theLiveVersionIsServedAgainAfterARestartWithoutANewAnnouncement() {
        ledger.replay(deployment("v1", DeploymentState.LIVE));
        goesLive("v1", null);
        deployer.restore();

        assertThat(target.steps).containsExactly("load v1", "test v1", "flip v1");
        assertThat(announced).isEmpty();
        assertThat(deployer.restored()).isTrue();
    }

    @Test
    void aLiveVersionThatCannotBeLoadedAgainStopsTheRestart() {
        target.failing.add("load v1");
        ledger.replay(deployment("v1", DeploymentState.LIVE));
        goesLive("v1", null);

        assertThatThrownBy(deployer::restore)
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("v1")
                .hasMessageContaining("load v1 failed");
        assertThat(deployer.restored()).isFalse();
        assertThat(target.steps).doesNotContain("base");
    }

    @Test
    void aLiveRecordWithoutAVerdictIsNotBelieved() {
        ledger.replay(deployment("v1", DeploymentState.LIVE));
        deployer.heard(candidate("v1"));

        assertThatThrownBy(deployer::restore).isInstanceOf(MillraceException.class);
        assertThat(target.steps).isEmpty();
    }

    @Test
    void aRolloutWhoseAnnouncementFailedCanBeTakenUpAgain() {
        deployer.restore();
        deployer.heard(candidate("v1"));
        kafkaIsDown = true;

        assertThatThrownBy(() -> deployer.heard(pass("v1", null)))
                .isInstanceOf(MillraceException.class);
        assertThat(ledger.waiting()).map(j -> j.version()).contains(version("v1"));
        assertThat(ledger.live()).isEmpty();
    }

    private void goesLive(String version, @Nullable String champion) {
        deployer.heard(candidate(version));
        deployer.heard(pass(version, champion));
    }
}
