package io.millrace.deployer.rollout;

import static io.millrace.deployer.Examples.BASE;
import static io.millrace.deployer.Examples.candidate;
import static io.millrace.deployer.Examples.digest;
import static io.millrace.deployer.Examples.pass;
import static io.millrace.deployer.Examples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.rollout.Clearance.Denied;
import io.millrace.schemas.Outcome;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ClearanceTest {

    @Test
    void aPassOnTheCandidatesDigestClearsIt() {
        Judged judged = new Judged(candidate("v1"), pass("v1", null));

        assertThat(Clearance.of(judged, BASE))
                .isInstanceOfSatisfying(
                        Cleared.class,
                        cleared -> {
                            assertThat(cleared.version().value()).isEqualTo("v1");
                            assertThat(cleared.adapterDigest()).isEqualTo(digest("v1"));
                        });
    }

    @Test
    void aFailIsDeniedWithTheGatesReason() {
        Judged judged =
                new Judged(candidate("v1"), verdict("v1", digest("v1"), Outcome.FAIL, null));

        assertThat(Clearance.of(judged, BASE)).isEqualTo(new Denied("the gate said fail: because"));
    }

    @Test
    void anInconclusiveVerdictIsDenied() {
        Judged judged =
                new Judged(
                        candidate("v1"), verdict("v1", digest("v1"), Outcome.INCONCLUSIVE, null));

        assertThat(Clearance.of(judged, BASE))
                .isEqualTo(new Denied("the gate said inconclusive: because"));
    }

    @Test
    void aPassOnOtherBytesIsDenied() {
        Judged judged =
                new Judged(candidate("v1"), verdict("v1", digest("other"), Outcome.PASS, null));

        assertThat(Clearance.of(judged, BASE))
                .isInstanceOfSatisfying(
                        Denied.class,
                        denied ->
                                assertThat(denied.reason())
                                        .contains(digest("other").brief(), digest("v1").brief()));
    }

    @Test
    void anAdapterOfAnotherBaseModelIsDenied() {
        Judged judged =
                new Judged(candidate("v1", digest("v1"), digest("another base")), pass("v1", null));

        assertThat(Clearance.of(judged, BASE)).isInstanceOf(Denied.class);
    }

    @Test
    void nothingElseCanMakeAClearedAdapter() {
        assertThat(Arrays.stream(Cleared.class.getDeclaredConstructors()))
                .extracting(Constructor::getModifiers)
                .allMatch(Modifier::isPrivate);
    }
}
