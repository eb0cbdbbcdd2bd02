package io.millrace.trainer.trigger;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.TriggerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks for training when enough untrained examples wait. One request is open at a time, and a
 * window is followed by a pause.
 *
 * @param threshold how many untrained examples are enough
 * @param coolDown the least time between a window and the next request
 */
public record CountTrigger(int threshold, Duration coolDown) {

    public CountTrigger {
        if (threshold < 1) {
            throw new UsageException(
                    "the count trigger's threshold must be at least 1, not " + threshold);
        }
        if (coolDown.isNegative()) {
            throw new UsageException("the count trigger's cool-down must not be negative");
        }
    }

    /**
     * The request to write now, if any. Its id is a function of the window it asks for: a trigger
     * that restarts and asks again asks the same.
     */
    public Optional<TrainingRequest> decide(
            TriggerState state, long untrainedExamples, Instant now) {
        if (state.open() || untrainedExamples < threshold || cooling(state, now)) {
            return Optional.empty();
        }
        return Optional.of(
                new TrainingRequest(
                        new TriggerId("count-w" + (state.windows() + 1)),
                        TriggerKind.COUNT,
                        untrainedExamples
                                + " untrained examples wait; the threshold is "
                                + threshold,
                        untrainedExamples,
                        now));
    }

    private boolean cooling(TriggerState state, Instant now) {
        Instant last = state.lastWindow();
        return last != null && now.isBefore(last.plus(coolDown));
    }
}
