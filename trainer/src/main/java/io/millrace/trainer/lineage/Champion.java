package io.millrace.trainer.lineage;

import io.millrace.schemas.Deployment;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.TrainingWindow;
import io.millrace.trainer.window.Ledger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The version that answers all traffic, and what it was made from.
 *
 * @param windows those that went into it, oldest first; empty for an adapter that no window of the
 *     ledger made
 */
public record Champion(ModelVersion version, Sha256 adapterDigest, List<TrainingWindow> windows) {

    public Champion {
        windows = List.copyOf(windows);
    }

    /** A version and its windows: the one that made it, the one that made its parent, and so on. */
    public static Champion of(ModelVersion version, Sha256 adapterDigest, Ledger ledger) {
        Deque<TrainingWindow> windows = new ArrayDeque<>();
        Optional<TrainingWindow> maker = ledger.madeBy(version);
        while (maker.isPresent()) {
            windows.addFirst(maker.get());
            maker = Optional.ofNullable(maker.get().parent()).flatMap(ledger::madeBy);
        }
        return new Champion(version, adapterDigest, List.copyOf(windows));
    }

    /** The version that is live after these deployments; none while the bare base answers. */
    public static Optional<Champion> after(List<Deployment> deployments, Ledger ledger) {
        Optional<Deployment> live = Optional.empty();
        for (Deployment step : deployments) {
            live =
                    switch (step.state()) {
                        case LIVE -> Optional.of(step);
                        case RETIRED, ROLLED_BACK ->
                                live.filter(l -> !l.modelVersion().equals(step.modelVersion()));
                        case REFUSED -> live;
                    };
        }
        return live.map(step -> of(step.modelVersion(), step.adapterDigest(), ledger));
    }
}
