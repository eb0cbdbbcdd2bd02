package io.millrace.trainer.trigger;

import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a trigger knows of requests and of the windows that answered them. The two come from
 * different topics, in any order: a window may be seen before the request it answers.
 *
 * @param requested every request seen
 * @param answered every request that a window names
 * @param windows sequence of the latest window, 0 before the first
 * @param lastWindow when the latest window was written
 */
public record TriggerState(
        Set<TriggerId> requested,
        Set<TriggerId> answered,
        int windows,
        @Nullable Instant lastWindow) {

    public static final TriggerState INITIAL = new TriggerState(Set.of(), Set.of(), 0, null);

    public TriggerState {
        requested = Set.copyOf(requested);
        answered = Set.copyOf(answered);
    }

    public TriggerState after(TrainingRequest request) {
        return new TriggerState(
                with(requested, request.triggerId()), answered, windows, lastWindow);
    }

    public TriggerState after(TrainingWindow window) {
        boolean newest = window.sequence() > windows;
        return new TriggerState(
                requested,
                with(answered, window.triggerId()),
                newest ? window.sequence() : windows,
                newest ? window.occurredAt() : lastWindow);
    }

    /** Whether some request waits for its window. */
    public boolean open() {
        return !answered.containsAll(requested);
    }

    private static Set<TriggerId> with(Set<TriggerId> ids, TriggerId id) {
        Set<TriggerId> all = new HashSet<>(ids);
        all.add(id);
        return all;
    }
}
