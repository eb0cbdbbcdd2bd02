package io.millrace.trainer.window;

import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.WindowId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Every training window so far, oldest first. The ledger alone says what has been trained on: each
 * window starts where the one before it ended, and a partition's first window starts at offset 0.
 */
public record Ledger(List<TrainingWindow> windows) {

    public static final Ledger EMPTY = new Ledger(List.of());

    public Ledger {
        windows =
                windows.stream().sorted(Comparator.comparingInt(TrainingWindow::sequence)).toList();
    }

    public static Ledger of(Collection<TrainingWindow> windows) {
        return new Ledger(List.copyOf(windows));
    }

    public Ledger plus(TrainingWindow window) {
        return new Ledger(Stream.concat(windows.stream(), Stream.of(window)).toList());
    }

    public int nextSequence() {
        return windows.isEmpty() ? 1 : windows.getLast().sequence() + 1;
    }

    /** Whether some window already answers this request. */
    public boolean answers(TriggerId trigger) {
        return windows.stream().anyMatch(window -> window.triggerId().equals(trigger));
    }

    public Optional<TrainingWindow> find(WindowId id) {
        return windows.stream().filter(window -> window.windowId().equals(id)).findFirst();
    }

    /** The window that made a model version. */
    public Optional<TrainingWindow> madeBy(ModelVersion version) {
        return windows.stream().filter(window -> version.equals(window.candidate())).findFirst();
    }

    /**
     * Where the next window of a topic's partition starts: 0 for one that no window has covered.
     */
    public long end(String topic, int partition) {
        return ends().getOrDefault(new Lane(topic, partition), 0L);
    }

    /**
     * The next window's ranges of one topic, in order of partition.
     *
     * @param lastStable each partition's last stable offset
     * @throws TopicRecreatedException when a partition is shorter than what the ledger says was
     *     read of it
     */
    public List<OffsetRange> cut(String topic, Map<Integer, Long> lastStable) {
        List<OffsetRange> ranges = new ArrayList<>();
        new TreeMap<>(lastStable)
                .forEach((partition, to) -> {
                    long from = end(topic, partition);
                    if (to < from) {
                        throw new TopicRecreatedException(topic, partition, from, to);
                    }
                    ranges.add(new OffsetRange(topic, partition, from, to));
                });
        return List.copyOf(ranges);
    }

    /** Every place where windows do not tile, each as one sentence; none when they do. */
    public List<String> verifyTiling() {
        List<String> breaches = new ArrayList<>();
        Map<Lane, Long> ends = new TreeMap<>();
        int expected = 1;
        for (TrainingWindow window : windows) {
            if (window.sequence() != expected) {
                breaches.add(
                        window.windowId()
                                + " has sequence "
                                + window.sequence()
                                + ", not "
                                + expected);
            }
            expected = window.sequence() + 1;
            for (OffsetRange range : window.ranges()) {
                Lane lane = Lane.of(range);
                long end = ends.getOrDefault(lane, 0L);
                if (range.from() != end) {
                    breaches.add(breach(window, range, end));
                }
                ends.merge(lane, range.to(), Math::max);
            }
        }
        return List.copyOf(breaches);
    }

    private static String breach(TrainingWindow window, OffsetRange range, long end) {
        return "%s %s %s-%d: it starts at %d, the windows before it end at %d"
                .formatted(
                        window.windowId(),
                        range.from() > end ? "leaves a gap in" : "overlaps",
                        range.topic(),
                        range.partition(),
                        range.from(),
                        end);
    }

    private Map<Lane, Long> ends() {
        Map<Lane, Long> ends = new TreeMap<>();
        windows.forEach(window ->
                window.ranges()
                        .forEach(range -> ends.merge(Lane.of(range), range.to(), Math::max)));
        return ends;
    }

    /** One partition of one topic. */
    private record Lane(String topic, int partition) implements Comparable<Lane> {

        private static final Comparator<Lane> ORDER =
                Comparator.comparing(Lane::topic).thenComparingInt(Lane::partition);

        static Lane of(OffsetRange range) {
            return new Lane(range.topic(), range.partition());
        }

        @Override
        public int compareTo(Lane other) {
            return ORDER.compare(this, other);
        }
    }
}
