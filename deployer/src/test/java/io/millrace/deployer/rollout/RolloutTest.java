package io.millrace.deployer.rollout;

import static io.millrace.deployer.Examples.BASE;
import static io.millrace.deployer.Examples.candidate;
import static io.millrace.deployer.Examples.cleared;
import static io.millrace.deployer.Examples.digest;
import static io.millrace.deployer.Examples.pass;
import static io.millrace.deployer.Examples.verdict;
import static io.millrace.deployer.Examples.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.deployer.rollout.Attempt.Failed;
import io.millrace.deployer.rollout.Attempt.Succeeded;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.rollout.Rollout.Flipping;
import io.millrace.deployer.rollout.Rollout.Live;
import io.millrace.deployer.rollout.Rollout.Loading;
import io.millrace.deployer.rollout.Rollout.Refused;
import io.millrace.deployer.rollout.Rollout.Testing;
import io.millrace.deployer.rollout.Rollout.UnderWay;
import io.millrace.schemas.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RolloutTest {

    private static final Cleared ADAPTER = cleared("v1", digest("v1"));

    static List<UnderWay> everyStateUnderWay() {
        return List.of(new Loading(ADAPTER), new Testing(ADAPTER), new Flipping(ADAPTER));
    }

    @Test
    void aPassedVersionBeginsByLoading() {
        Judged judged = new Judged(candidate("v1"), pass("v1", null));

        assertThat(Rollout.begin(judged, BASE, null)).isInstanceOf(Loading.class);
    }

    @Test
    void aFailedVersionIsRefusedAtOnce() {
        Judged judged =
                new Judged(candidate("v1"), verdict("v1", digest("v1"), Outcome.FAIL, null));

        assertThat(Rollout.begin(judged, BASE, null))
                .isEqualTo(new Refused(version("v1"), digest("v1"), "the gate said fail: because"));
    }

    @Test
    void aPassAgainstAnEarlierChampionIsRefused() {
        Judged judged = new Judged(candidate("v3"), pass("v3", "v1"));

        assertThat(Rollout.begin(judged, BASE, version("v2")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused ->
                                assertThat(refused.reason())
                                        .contains("judged against v1", "v2 is live now"));
    }

    @Test
    void aPassAgainstTheLiveChampionBegins() {
        Judged judged = new Judged(candidate("v3"), pass("v3", "v2"));

        assertThat(Rollout.begin(judged, BASE, version("v2"))).isInstanceOf(Loading.class);
    }

    @Test
    void theLiveVersionResumesWhateverItWasJudgedAgainst() {
        Judged judged = new Judged(candidate("v2"), pass("v2", "v1"));

        assertThat(Rollout.resume(judged, BASE)).isInstanceOf(Loading.class);
    }

    @Test
    void stepsThatSucceedLeadFromLoadingThroughTestingAndFlippingToLive() {
        assertThat(Rollout.decide(new Loading(ADAPTER), new Succeeded()))
                .isEqualTo(new Testing(ADAPTER));
        assertThat(Rollout.decide(new Testing(ADAPTER), new Succeeded()))
                .isEqualTo(new Flipping(ADAPTER));
        assertThat(Rollout.decide(new Flipping(ADAPTER), new Succeeded()))
                .isEqualTo(new Live(version("v1"), digest("v1")));
    }

    @ParameterizedTest
    @MethodSource("everyStateUnderWay")
    void aStepThatFailsRefusesTheVersionWithItsReason(UnderWay state) {
        assertThat(Rollout.decide(state, new Failed("no room")))
                .isEqualTo(new Refused(version("v1"), digest("v1"), "no room"));
    }
}
