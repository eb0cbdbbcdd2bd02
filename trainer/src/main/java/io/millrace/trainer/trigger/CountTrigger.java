package io.millrace.trainer.trigger;

import io.millrace.runtime.UsageException;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.TriggerKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Asks for training when enough untrained examples wait and the stream has paused: a window cut in
 * the midst of a burst would split it. One request is open at a time, and a window is followed by a
 * pause.
 *
 * @param threshold how many untrained examples are enough
 * @param coolDown the least time between a window and the next request
 * @param quiet how long no example must have come
 * @param longestWait after so long with enough examples it asks, quiet or not
 */
public record CountTrigger(int threshold, Duration coolDown, Duration quiet, Duration longestWait) {

    public CountTrigger {
        if (threshold < 1) {
            throw new UsageException(
                    "the count trigger's threshold must be at least 1, not " + threshold);
        }
        if (coolDown.isNegative() || quiet.isNegative() || longestWait.isNegative()) {
            throw new UsageException("the count trigger's times must not be negative");
        }
    }

    /**
     * The request to write now, if any. Its id is a function of the window it asks for: a trigger
     * that restarts and asks again asks the same.
     */
    public Optional<TrainingRequest> decide(TriggerState state, Untrained untrained, Instant now) {
        if (state.open() || untrained.examples() < threshold || cooling(state, now)) {
            return Optional.empty();
        }
        boolean quietNow = !now.isBefore(untrained.newest().plus(quiet));
        boolean waitedEnough = !now.isBefore(untrained.oldest().plus(longestWait));
        if (!quietNow && !waitedEnough) {
            return Optional.empty();
        }
        return Optional.of(
                new TrainingRequest(
                        new TriggerId("count-w" + (state.windows() + 1)),
                        TriggerKind.COUNT,
                        untrained.examples()
                                + " untrained examples wait; the threshold is "
                                + threshold,
                        untrained.examples(),
                        now));
    }

    private boolean cooling(TriggerState state, Instant now) {
        Instant last = state.lastWindow();
        return last != null && now.isBefore(last.plus(coolDown));
    }
}
