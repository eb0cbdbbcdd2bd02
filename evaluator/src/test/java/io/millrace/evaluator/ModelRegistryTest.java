package io.millrace.evaluator;

import static io.millrace.evaluator.Fixtures.candidate;
import static io.millrace.evaluator.Fixtures.sha;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentId;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.WindowId;
import io.millrace.schemas.WindowOutcome;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {

    private static final Candidate V1 = candidate("v1", null, "w1");
    private static final Candidate V2 = candidate("v2", "v1", "w1", "w2");
    private static final List<Candidate> CANDIDATES = List.of(V1, V2);
    private static final List<TrainingWindow> WINDOWS =
            List.of(window("w1", 1), window("w2", 2, "w1"), window("w3", 3));

    @Test
    void theBareBaseIsChampionWhileNothingIsDeployed() {
        assertThat(registry().contest(V1).champion()).isNull();
    }

    @Test
    void theVersionThatWentLiveLastIsChampion() {
        ModelRegistry registry =
                registry(
                        step("v1", DeploymentState.LIVE),
                        step("v1", DeploymentState.RETIRED),
                        step("v2", DeploymentState.LIVE));

        assertThat(registry.contest(V2).champion()).isEqualTo(V2);
    }

    @Test
    void aPredecessorRetiredAfterTheSwapDoesNotDethroneTheChampion() {
        ModelRegistry registry =
                registry(
                        step("v1", DeploymentState.LIVE),
                        step("v2", DeploymentState.LIVE),
                        step("v1", DeploymentState.RETIRED));

        assertThat(registry.contest(V2).champion()).isEqualTo(V2);
    }

    @Test
    void aRefusedVersionIsNeverChampion() {
        ModelRegistry registry =
                registry(step("v1", DeploymentState.LIVE), step("v2", DeploymentState.REFUSED));

        assertThat(registry.contest(V2).champion()).isEqualTo(V1);
    }

    @Test
    void afterARollbackTheBareBaseIsChampionUntilAnotherGoesLive() {
        ModelRegistry registry =
                registry(step("v1", DeploymentState.LIVE), step("v1", DeploymentState.ROLLED_BACK));

        assertThat(registry.contest(V2).champion()).isNull();
    }

    @Test
    void aLiveVersionThatNobodyKnowsIsAnOutage() {
        ModelRegistry registry = registry(step("v9", DeploymentState.LIVE));

        assertThatThrownBy(() -> registry.contest(V1))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("model v9 is live");
    }

    @Test
    void theLineageIsThatOfBothAndWhatTheyReplayedEachWindowOnce() {
        Candidate outsider = candidate("v3", null, "w2");
        ModelRegistry registry = registry(step("v1", DeploymentState.LIVE));

        assertThat(registry.contest(outsider).lineage())
                .extracting(TrainingWindow::windowId)
                .extracting(WindowId::value)
                .containsExactly("w1", "w2");
    }

    @Test
    void aWindowThatTheLedgerDoesNotShowIsNotPassedOver() {
        assertThatThrownBy(() -> registry().contest(candidate("v4", null, "w4")))
                .isInstanceOf(LedgerBehindException.class)
                .hasMessageContaining("w4");
    }

    private static ModelRegistry registry(Deployment... steps) {
        return ModelRegistry.of(CANDIDATES, WINDOWS, List.of(steps));
    }

    private static Deployment step(String version, DeploymentState state) {
        return new Deployment(
                new DeploymentId("d-" + version + "-" + state),
                new ModelVersion(version),
                sha(version),
                state,
                "millrace",
                null,
                "test",
                Fixtures.NOW);
    }

    private static TrainingWindow window(String id, int sequence, String... replayed) {
        return new TrainingWindow(
                new WindowId(id),
                sequence,
                new TriggerId("t-" + id),
                List.of(),
                WindowOutcome.EMPTY,
                0,
                0,
                Stream.of(replayed).map(WindowId::new).toList(),
                null,
                sha("config"),
                "",
                1,
                sha("base"),
                null,
                null,
                null,
                null,
                null,
                Fixtures.NOW);
    }
}
