package io.millrace.trainer;

import static io.millrace.trainer.Given.digest;
import static io.millrace.trainer.Given.range;
import static io.millrace.trainer.Given.window;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.lineage.Champion;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.window.Ledger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WindowPlanTest {

    private final TrainingConfig config = TrainingConfig.defaults();
    private final Ledger ledger =
            Ledger.of(
                    List.of(
                            window(1, List.of(range(0, 0, 5)), "v1", null),
                            window(2, List.of(range(0, 5, 8)), "v2", "v1")));
    private final Champion first = Champion.of(new ModelVersion("v1"), digest("v1"), ledger);

    @Test
    void theWindowsOfARejectedCandidateAreNeverReplayed() {
        WindowPlan plan = WindowPlan.next(ledger, List.of(), Optional.of(first), config);

        assertThat(plan.id()).isEqualTo(new WindowId("w3"));
        assertThat(plan.replayed()).extracting(TrainingWindow::sequence).containsExactly(1);
        assertThat(plan.lineage()).containsExactly(new WindowId("w1"), new WindowId("w3"));
    }

    @Test
    void withoutAChampionTrainingStartsFromTheBase() {
        WindowPlan plan = WindowPlan.next(ledger, List.of(), Optional.empty(), config);

        assertThat(plan.parent()).isNull();
        assertThat(plan.replayed()).isEmpty();
        assertThat(plan.lineage()).containsExactly(new WindowId("w3"));
    }

    @Test
    void aReplayRatioOfZeroReplaysNoWindow() {
        WindowPlan plan =
                WindowPlan.next(
                        ledger,
                        List.of(),
                        Optional.of(first),
                        config.overriddenBy("{\"replayRatio\": 0}"));

        assertThat(plan.replayed()).isEmpty();
        assertThat(plan.lineage()).containsExactly(new WindowId("w1"), new WindowId("w3"));
    }

    @Test
    void thePlanOfARecordedWindowIsThePlanItWasMadeBy() {
        WindowPlan made =
                WindowPlan.next(
                        Ledger.of(ledger.windows().subList(0, 1)),
                        List.of(range(0, 5, 8)),
                        Optional.of(first),
                        config);

        assertThat(WindowPlan.recorded(ledger.windows().get(1), ledger)).isEqualTo(made);
    }
}
