package io.millrace.trainer.trigger;

import io.millrace.schemas.OffsetRange;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The offsets of examples that no window covers yet. Offsets alone can't be subtracted to count
 * them: transaction markers take offsets too.
 */
final class UntrainedExamples {

    private record Waiting(long offset, Instant seen) {}

    private final Map<Integer, Queue<Waiting>> examples = new HashMap<>();
    private final Map<Integer, Long> trained = new HashMap<>();
    private Instant newest = Instant.EPOCH;

    /** Notes one record; a partition's records come in the order of their offsets. */
    void seen(int partition, long offset, Instant now) {
        if (offset >= trained.getOrDefault(partition, 0L)) {
            examples.computeIfAbsent(partition, p -> new ArrayDeque<>())
                    .add(new Waiting(offset, now));
            newest = now;
        }
    }

    /** Notes that a window covers a partition's records up to the end of this range. */
    void trained(OffsetRange range) {
        trained.merge(range.partition(), range.to(), Math::max);
        Queue<Waiting> waiting = examples.getOrDefault(range.partition(), new ArrayDeque<>());
        while (!waiting.isEmpty() && waiting.element().offset() < range.to()) {
            waiting.remove();
        }
    }

    long count() {
        return examples.values().stream().mapToLong(Collection::size).sum();
    }

    Untrained now() {
        Instant oldest =
                examples.values().stream()
                        .flatMap(waiting -> waiting.stream().limit(1))
                        .map(Waiting::seen)
                        .min(Instant::compareTo)
                        .orElse(newest);
        return new Untrained(count(), oldest, newest);
    }
}
