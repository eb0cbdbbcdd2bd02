package io.millrace.evaluator;

import io.millrace.evaluator.suite.Contamination;
import io.millrace.evaluator.suite.Examination;
import io.millrace.evaluator.suite.Suite;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.Example;
import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.SftExample;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Composes examinations from the holdout topic, up to where it is committed now, and from suite
 * directories.
 */
final class StreamExaminations {

    private final KafkaSettings kafka;
    private final List<Suite> suites;

    StreamExaminations(KafkaSettings kafka, List<Suite> suites) {
        this.kafka = kafka;
        this.suites = List.copyOf(suites);
    }

    /** An examination with nothing in it that these windows trained on. */
    Examination compose(List<TrainingWindow> lineage) {
        Contamination trained = Contamination.of(trainedOn(lineage));
        Map<Integer, Long> ends = EventLog.endOffsets(kafka, Topics.HOLDOUT);
        List<Logged<HoldoutExample>> holdout =
                EventLog.read(kafka, Topics.HOLDOUT).stream()
                        .filter(logged ->
                                logged.offset() < ends.getOrDefault(logged.partition(), 0L))
                        .toList();
        Examination examination =
                Examination.ofHoldout(
                        holdout.stream().map(Logged::event).toList(),
                        ranges(holdout, ends),
                        trained,
                        forgotten());
        for (Suite suite : suites) {
            examination = examination.with(suite, trained);
        }
        return examination;
    }

    private List<Example> trainedOn(List<TrainingWindow> lineage) {
        String sft = kafka.nameOf(Topics.SFT);
        List<Example> examples = new ArrayList<>();
        for (TrainingWindow window : lineage) {
            List<OffsetRange> ranges =
                    window.ranges().stream().filter(range -> range.topic().equals(sft)).toList();
            for (Logged<SftExample> logged : EventLog.readRanges(kafka, Topics.SFT, ranges)) {
                examples.add(logged.event().example());
            }
        }
        return examples;
    }

    /** From the first record that was still there to the end, in each partition that has any. */
    private List<OffsetRange> ranges(
            List<Logged<HoldoutExample>> holdout, Map<Integer, Long> ends) {
        List<OffsetRange> ranges = new ArrayList<>();
        ends.forEach((partition, end) ->
                holdout.stream()
                        .filter(logged -> logged.partition() == partition)
                        .mapToLong(Logged::offset)
                        .min()
                        .ifPresent(first ->
                                ranges.add(
                                        new OffsetRange(
                                                kafka.nameOf(Topics.HOLDOUT),
                                                partition,
                                                first,
                                                end))));
        return ranges;
    }

    private Set<PrincipalId> forgotten() {
        return EventLog.read(kafka, Topics.ERASURES).stream()
                .map(Logged::event)
                .map(Erasure::principal)
                .collect(Collectors.toSet());
    }
}
