package io.millrace.trainer.trigger;

import io.millrace.schemas.OffsetRange;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * The offsets of examples that no window covers yet. Offsets alone can't be subtracted to count
 * them: transaction markers take offsets too.
 */
final class UntrainedExamples {

    private final Map<Integer, Queue<Long>> offsets = new HashMap<>();
    private final Map<Integer, Long> trained = new HashMap<>();

    /** Notes one record; a partition's records come in the order of their offsets. */
    void seen(int partition, long offset) {
        if (offset >= trained.getOrDefault(partition, 0L)) {
            offsets.computeIfAbsent(partition, p -> new ArrayDeque<>()).add(offset);
        }
    }

    /** Notes that a window covers a partition's records up to the end of this range. */
    void trained(OffsetRange range) {
        trained.merge(range.partition(), range.to(), Math::max);
        Queue<Long> waiting = offsets.getOrDefault(range.partition(), new ArrayDeque<>());
        while (!waiting.isEmpty() && waiting.element() < range.to()) {
            waiting.remove();
        }
    }

    long count() {
        return offsets.values().stream().mapToLong(Queue::size).sum();
    }
}
