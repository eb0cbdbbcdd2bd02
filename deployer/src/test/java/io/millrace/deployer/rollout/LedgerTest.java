package io.millrace.deployer.rollout;

import static io.millrace.deployer.Examples.candidate;
import static io.millrace.deployer.Examples.deployment;
import static io.millrace.deployer.Examples.pass;
import static io.millrace.deployer.Examples.version;
import static io.millrace.schemas.DeploymentState.LIVE;
import static io.millrace.schemas.DeploymentState.REFUSED;
import static io.millrace.schemas.DeploymentState.RETIRED;
import static io.millrace.schemas.DeploymentState.ROLLED_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Deployment;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void aVersionWaitsOnceItsCandidateAndItsVerdictAreKnownInWhateverOrder() {
        ledger.replay(pass("v1", null));
        assertThat(ledger.waiting()).isEmpty();

        ledger.replay(candidate("v1"));
        assertThat(ledger.waiting()).map(Judged::version).contains(version("v1"));
    }

    @Test
    void aVersionWhoseRolloutHasEndedWaitsNoMore() {
        ledger.replay(candidate("v1"));
        ledger.replay(pass("v1", null));
        ledger.replay(deployment("v1", REFUSED));

        assertThat(ledger.waiting()).isEmpty();
    }

    @Test
    void versionsWaitInTheOrderOfTheirVerdicts() {
        ledger.replay(candidate("v1"));
        ledger.replay(candidate("v2"));
        ledger.replay(pass("v2", null));
        ledger.replay(pass("v1", null));

        assertThat(ledger.waiting()).map(Judged::version).contains(version("v2"));
    }

    @Test
    void theLastVersionToGoLiveIsLive() {
        ledger.replay(deployment("v1", LIVE));
        ledger.replay(deployment("v1", RETIRED));
        ledger.replay(deployment("v2", LIVE));
        ledger.replay(deployment("v3", REFUSED));

        assertThat(ledger.live()).map(Deployment::modelVersion).contains(version("v2"));
        assertThat(ledger.swaps()).isEqualTo(2);
    }

    @Test
    void nothingIsLiveWhenTheLiveVersionWasRolledBack() {
        ledger.replay(deployment("v1", LIVE));
        ledger.replay(deployment("v1", ROLLED_BACK));

        assertThat(ledger.live()).isEmpty();
    }
}
