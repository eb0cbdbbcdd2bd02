package io.millrace.launcher.operator;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The models that have seen what a person said: those whose lineage holds a window with one of
 * their examples in its ranges. Windows that were replayed in part count as a whole: whether an
 * example was drawn is known only by building the dataset again.
 */
public final class Forgetting {

    private Forgetting() {}

    /**
     * A model version that may have learnt from a person.
     *
     * @param windows of its lineage that hold examples of theirs
     * @param examples how many, later revisions included
     */
    public record Seen(ModelVersion modelVersion, List<WindowId> windows, int examples) {}

    /** Writes the erasure and waits until it is safe. */
    public static void send(KafkaSettings kafka, Erasure erasure) {
        try (EventProducer producer = new EventProducer(kafka, "operator")) {
            producer.send(Topics.ERASURES, erasure).join();
        }
    }

    /**
     * The models that have seen examples of a person, in the order they were made.
     *
     * @throws io.millrace.runtime.MillraceException when retention has removed examples of a window
     *     so that nobody can tell any more
     */
    public static List<Seen> models(
            KafkaSettings kafka,
            PrincipalId principal,
            List<TrainingWindow> windows,
            List<Candidate> candidates) {
        Map<WindowId, Integer> examples = new HashMap<>();
        for (TrainingWindow window : windows) {
            int count = examples(kafka, principal, window);
            if (count > 0) {
                examples.put(window.windowId(), count);
            }
        }
        return candidates.stream()
                .map(candidate -> seen(candidate, examples))
                .filter(seen -> seen.examples() > 0)
                .toList();
    }

    private static Seen seen(Candidate candidate, Map<WindowId, Integer> examples) {
        List<WindowId> windows =
                candidate.lineage().stream().filter(examples::containsKey).toList();
        int count = windows.stream().mapToInt(id -> examples.getOrDefault(id, 0)).sum();
        return new Seen(candidate.modelVersion(), windows, count);
    }

    /** Those of a window that was cut before they asked to be forgotten. */
    private static int examples(KafkaSettings kafka, PrincipalId principal, TrainingWindow window) {
        if (erasedBefore(kafka, principal, window)) {
            return 0;
        }
        List<OffsetRange> ranges = of(window, kafka.nameOf(Topics.SFT));
        return (int)
                EventLog.readRanges(kafka, Topics.SFT, ranges).stream()
                        .filter(logged -> logged.event().example().principal().equals(principal))
                        .count();
    }

    private static boolean erasedBefore(
            KafkaSettings kafka, PrincipalId principal, TrainingWindow window) {
        Map<Integer, Long> known =
                of(window, kafka.nameOf(Topics.ERASURES)).stream()
                        .collect(Collectors.toMap(OffsetRange::partition, OffsetRange::to));
        return EventLog.read(kafka, Topics.ERASURES).stream()
                .filter(logged -> logged.offset() < known.getOrDefault(logged.partition(), 0L))
                .anyMatch(logged -> logged.event().principal().equals(principal));
    }

    private static List<OffsetRange> of(TrainingWindow window, String topic) {
        return window.ranges().stream().filter(range -> range.topic().equals(topic)).toList();
    }
}
