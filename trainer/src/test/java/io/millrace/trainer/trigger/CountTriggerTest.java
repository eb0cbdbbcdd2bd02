package io.millrace.trainer.trigger;

import static io.millrace.trainer.Given.NOON;
import static io.millrace.trainer.Given.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.TriggerKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountTriggerTest {

    private final CountTrigger trigger =
            new CountTrigger(
                    100, Duration.ofMinutes(1), Duration.ofSeconds(5), Duration.ofMinutes(2));

    @Test
    void asksOnceEnoughExamplesWait() {
        assertThat(trigger.decide(TriggerState.INITIAL, quiet(100), NOON))
                .hasValueSatisfying(request -> {
                    assertThat(request.triggerId()).isEqualTo(new TriggerId("count-w1"));
                    assertThat(request.kind()).isEqualTo(TriggerKind.COUNT);
                    assertThat(request.reason())
                            .isEqualTo("100 untrained examples wait; the threshold is 100");
                    assertThat(request.examples()).isEqualTo(100);
                });
    }

    @Test
    void waitsWhileTooFewExamplesWait() {
        assertThat(trigger.decide(TriggerState.INITIAL, quiet(99), NOON)).isEmpty();
    }

    @Test
    void waitsWhileItsOwnRequestIsOpen() {
        TriggerState asked = TriggerState.INITIAL.after(request("count-w1"));

        assertThat(trigger.decide(asked, quiet(500), NOON)).isEmpty();
    }

    @Test
    void waitsWhileARequestByHandIsOpen() {
        TriggerState asked = TriggerState.INITIAL.after(request("by-hand"));

        assertThat(trigger.decide(asked, quiet(500), NOON)).isEmpty();
    }

    @Test
    void waitsOutTheCoolDownAfterAWindow() {
        TriggerState answered =
                TriggerState.INITIAL.after(window(1, List.of())); // written at 12:00:01

        assertThat(trigger.decide(answered, quiet(500), NOON.plusSeconds(60))).isEmpty();
        assertThat(trigger.decide(answered, quiet(500), NOON.plusSeconds(61)))
                .map(TrainingRequest::triggerId)
                .contains(new TriggerId("count-w2"));
    }

    @Test
    void aRequestSeenAfterItsWindowIsNotOpen() {
        TriggerState state = TriggerState.INITIAL.after(window(1, List.of())).after(request("t1"));

        assertThat(state.open()).isFalse();
    }

    @Test
    void oneAnsweredRequestDoesNotCloseAnother() {
        TriggerState state =
                TriggerState.INITIAL
                        .after(request("t1"))
                        .after(request("t2"))
                        .after(window(1, List.of()));

        assertThat(state.open()).isTrue();
    }

    @Test
    void windowsReadOutOfOrderLeaveTheLatestInCharge() {
        TriggerState state =
                TriggerState.INITIAL.after(window(2, List.of())).after(window(1, List.of()));

        assertThat(state.windows()).isEqualTo(2);
        assertThat(state.lastWindow()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void refusesAThresholdThatIsAlwaysMet() {
        assertThatThrownBy(() -> new CountTrigger(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("at least 1, not 0");
    }

    private static TrainingRequest request(String id) {
        return new TrainingRequest(new TriggerId(id), TriggerKind.MANUAL, "because", 0, NOON);
    }

    @Test
    void waitsForTheStreamToPause() {
        Untrained burst = new Untrained(500, NOON.minusSeconds(30), NOON.minusSeconds(4));

        assertThat(trigger.decide(TriggerState.INITIAL, burst, NOON)).isEmpty();
        assertThat(trigger.decide(TriggerState.INITIAL, burst, NOON.plusSeconds(1))).isPresent();
    }

    @Test
    void doesNotWaitForeverForAStreamThatNeverPauses() {
        Untrained steady = new Untrained(500, NOON.minusSeconds(120), NOON);

        assertThat(trigger.decide(TriggerState.INITIAL, steady, NOON)).isPresent();
    }

    private static Untrained quiet(long examples) {
        return new Untrained(examples, NOON.minusSeconds(60), NOON.minusSeconds(60));
    }
}
