package io.millrace.evaluator;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowId;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the control topics say of models at one moment.
 *
 * @param live the version that answers all traffic; null while that is the bare base
 */
record ModelRegistry(
        Map<ModelVersion, Candidate> candidates,
        Map<WindowId, TrainingWindow> windows,
        @Nullable ModelVersion live) {

    ModelRegistry {
        candidates = Map.copyOf(candidates);
        windows = Map.copyOf(windows);
    }

    static ModelRegistry read(KafkaSettings kafka) {
        return of(
                EventLog.read(kafka, Topics.CANDIDATES).stream().map(Logged::event).toList(),
                EventLog.read(kafka, Topics.WINDOWS).stream().map(Logged::event).toList(),
                EventLog.read(kafka, Topics.DEPLOYMENTS).stream().map(Logged::event).toList());
    }

    /** The state after these events, each list in the order of its topic. */
    static ModelRegistry of(
            List<Candidate> candidates,
            List<TrainingWindow> windows,
            List<Deployment> deployments) {
        Map<ModelVersion, Candidate> byVersion = new HashMap<>();
        candidates.forEach(candidate -> byVersion.put(candidate.modelVersion(), candidate));
        Map<WindowId, TrainingWindow> byId = new HashMap<>();
        windows.forEach(window -> byId.put(window.windowId(), window));
        return new ModelRegistry(byVersion, byId, live(deployments));
    }

    private static @Nullable ModelVersion live(List<Deployment> deployments) {
        ModelVersion live = null;
        for (Deployment step : deployments) {
            live =
                    switch (step.state()) {
                        case LIVE -> step.modelVersion();
                        case RETIRED, ROLLED_BACK -> step.modelVersion().equals(live) ? null : live;
                        case REFUSED -> live;
                    };
        }
        return live;
    }

    /**
     * Who stands against a challenger, and what the two have learnt from.
     *
     * @throws LedgerBehindException when the ledger does not show all of it
     */
    Contest contest(Candidate challenger) {
        if (live == null) {
            return new Contest(null, lineage(List.of(challenger)));
        }
        Candidate champion = candidates.get(live);
        if (champion == null) {
            throw new MillraceException(
                    "model %s is live, but the candidates topic does not know it: restore the topic"
                            .formatted(live));
        }
        return new Contest(champion, lineage(List.of(champion, challenger)));
    }

    /** Every window that these models learnt from. */
    private List<TrainingWindow> lineage(List<Candidate> models) {
        Map<WindowId, TrainingWindow> lineage = new LinkedHashMap<>();
        Deque<WindowId> open = new ArrayDeque<>();
        for (Candidate model : models) {
            open.add(model.windowId());
            open.addAll(model.lineage());
        }
        while (!open.isEmpty()) {
            WindowId id = open.remove();
            TrainingWindow window = windows.get(id);
            if (window == null) {
                throw new LedgerBehindException(id);
            }
            if (lineage.put(id, window) == null) {
                open.addAll(window.replayWindows());
            }
        }
        return List.copyOf(lineage.values());
    }
}
