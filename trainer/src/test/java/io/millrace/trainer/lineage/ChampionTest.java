package io.millrace.trainer.lineage;

import static io.millrace.trainer.Given.NOON;
import static io.millrace.trainer.Given.digest;
import static io.millrace.trainer.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentId;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.TrainingWindow;
import io.millrace.trainer.window.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChampionTest {

    /** w1 made v1; w2 and w3 were both made from v1, and v2 was never let in; w4 came from v3. */
    private final Ledger ledger =
            Ledger.of(
                    List.of(
                            window(1, List.of(), "v1", null),
                            window(2, List.of(), "v2", "v1"),
                            window(3, List.of(), "v3", "v1"),
                            window(4, List.of(), "v4", "v3")));

    @Test
    void thereIsNoneWhileTheBareBaseAnswers() {
        assertThat(Champion.after(List.of(), ledger)).isEmpty();
    }

    @Test
    void theLatestLiveVersionIsChampion() {
        assertThat(champion(live("v1"), live("v3"), step("v1", DeploymentState.RETIRED)))
                .isEqualTo("v3");
    }

    @Test
    void aRefusedVersionChangesNothing() {
        assertThat(champion(live("v1"), step("v2", DeploymentState.REFUSED))).isEqualTo("v1");
    }

    @Test
    void aRolledBackVersionIsNoLongerChampion() {
        assertThat(
                        Champion.after(
                                List.of(live("v1"), step("v1", DeploymentState.ROLLED_BACK)),
                                ledger))
                .isEmpty();
        assertThat(
                        champion(
                                live("v1"),
                                live("v3"),
                                step("v3", DeploymentState.ROLLED_BACK),
                                live("v1")))
                .isEqualTo("v1");
    }

    @Test
    void itsWindowsAreThoseThatMadeItAndItsParentsAndNoOthers() {
        Champion champion = Champion.of(new ModelVersion("v4"), digest("v4"), ledger);

        assertThat(champion.windows())
                .extracting(TrainingWindow::windowId)
                .extracting(Object::toString)
                .containsExactly("w1", "w3", "w4");
    }

    @Test
    void anAdapterThatNoWindowMadeHasNoWindows() {
        assertThat(Champion.of(new ModelVersion("gift"), digest("gift"), ledger).windows())
                .isEmpty();
    }

    private String champion(Deployment... deployments) {
        return Champion.after(List.of(deployments), ledger).orElseThrow().version().value();
    }

    private static Deployment live(String version) {
        return step(version, DeploymentState.LIVE);
    }

    private static Deployment step(String version, DeploymentState state) {
        return new Deployment(
                new DeploymentId(version + "-" + state),
                new ModelVersion(version),
                digest(version),
                state,
                "millrace",
                null,
                "because",
                NOON);
    }
}
