package io.millrace.launcher.history;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.Event;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.Verdict;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.window.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The control topics at one moment, each in the order it was written; of a key written twice the
 * later counts.
 */
public record ModelHistory(
        List<TrainingWindow> windows,
        List<Candidate> candidates,
        List<Verdict> verdicts,
        List<Deployment> deployments) {

    public ModelHistory {
        windows = List.copyOf(windows);
        candidates = List.copyOf(candidates);
        verdicts = List.copyOf(verdicts);
        deployments = List.copyOf(deployments);
    }

    /** Reads the four topics. */
    public static ModelHistory read(KafkaSettings kafka) {
        return new ModelHistory(
                latest(kafka, Topics.WINDOWS),
                latest(kafka, Topics.CANDIDATES),
                latest(kafka, Topics.VERDICTS),
                latest(kafka, Topics.DEPLOYMENTS));
    }

    private static <E extends Event> List<E> latest(KafkaSettings kafka, Topic<E> topic) {
        SequencedMap<String, E> latest = new LinkedHashMap<>();
        for (Logged<E> logged : EventLog.read(kafka, topic)) {
            latest.putLast(topic.key().apply(logged.event()), logged.event());
        }
        return List.copyOf(latest.sequencedValues());
    }

    /** How many curated examples no window holds yet. */
    public int untrained(KafkaSettings kafka) {
        Map<Integer, Long> ends = EventLog.endOffsets(kafka, Topics.SFT);
        return EventLog.readRanges(
                        kafka, Topics.SFT, Ledger.of(windows).cut(kafka.nameOf(Topics.SFT), ends))
                .size();
    }

    public Optional<Candidate> candidate(ModelVersion version) {
        return candidates.stream().filter(c -> c.modelVersion().equals(version)).findFirst();
    }

    public Optional<TrainingWindow> window(WindowId id) {
        return windows.stream().filter(w -> w.windowId().equals(id)).findFirst();
    }

    public Optional<Verdict> verdict(ModelVersion version) {
        return verdicts.stream().filter(v -> v.modelVersion().equals(version)).findFirst();
    }

    /** Where a version stands in its rollout; empty before it has one. */
    public Optional<Deployment> standing(ModelVersion version) {
        return deployments.stream()
                .filter(d -> d.modelVersion().equals(version))
                .reduce((earlier, later) -> later);
    }

    /** The deployment that answers all traffic; empty while the bare base model does. */
    public Optional<Deployment> live() {
        return deployments.stream()
                .reduce(
                        Optional.empty(),
                        (live, step) ->
                                switch (step.state()) {
                                    case LIVE -> Optional.of(step);
                                    case RETIRED, ROLLED_BACK ->
                                            live.filter(l ->
                                                    !l.modelVersion().equals(step.modelVersion()));
                                    case REFUSED -> live;
                                },
                        (earlier, later) -> later);
    }

    /** A version, its parent, and so on to the one that was trained from the base model. */
    public List<Candidate> ancestry(ModelVersion version) {
        List<Candidate> ancestry = new ArrayList<>();
        @Nullable ModelVersion next = version;
        while (next != null) {
            Optional<Candidate> found = candidate(next);
            found.ifPresent(ancestry::add);
            next = found.map(Candidate::parent).orElse(null);
        }
        return ancestry;
    }
}
