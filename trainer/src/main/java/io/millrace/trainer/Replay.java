package io.millrace.trainer;

import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingProgress;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.training.BaseModel;
import io.millrace.trainer.training.SftRun;
import io.millrace.trainer.window.Ledger;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes a past window again from the topics, the base and what the ledger recorded, and compares
 * digests, those of what the store holds too. Nothing is published.
 */
public final class Replay {

    private final KafkaSettings kafka;
    private final BaseModel base;
    private final ArtefactStore store;
    private final WindowRun run;

    public Replay(
            KafkaSettings kafka,
            BaseModel base,
            ArtefactStore store,
            Clock clock,
            Consumer<TrainingProgress> listener) {
        this.kafka = kafka;
        this.base = base;
        this.store = store;
        this.run = new WindowRun(kafka, store, new SftRun(base, clock, listener, () -> false));
    }

    /**
     * Replays one window.
     *
     * @throws UsageException when there is no such window, or it made no adapter
     * @throws MillraceException when its records are gone or this base is another
     */
    public ReplayResult replay(WindowId id) {
        Ledger ledger =
                Ledger.of(
                        EventLog.read(kafka, Topics.WINDOWS).stream().map(Logged::event).toList());
        TrainingWindow window =
                ledger.find(id)
                        .orElseThrow(() ->
                                new UsageException(
                                        "there is no window %s: %s".formatted(id, known(ledger))));
        Sha256 expectedDataset = window.datasetSha256();
        Sha256 expectedAdapter = window.adapterDigest();
        if (expectedDataset == null || expectedAdapter == null) {
            throw new UsageException(
                    "window %s made no adapter (%s): there is nothing to compare"
                            .formatted(id, window.reason()));
        }
        requireBase(window);
        try (Staging staging = Staging.in(store)) {
            return switch (run.run(WindowPlan.recorded(window, ledger), staging)) {
                case WindowResult.Trained result ->
                        new ReplayResult(
                                id,
                                expectedDataset,
                                result.dataset().sha256(),
                                expectedAdapter,
                                sha(ArtefactStore.digestOf(staging.adapter())),
                                altered(
                                        ArtefactStore.digestOf(staging.dataset()),
                                        new Digest(expectedAdapter.hex())));
                case WindowResult.Fruitless result ->
                        throw new MillraceException(
                                "window %s made an adapter once and none now: %s"
                                        .formatted(id, result.reason()));
                case WindowResult.Abandoned() ->
                        throw new IllegalStateException("nobody closes a replay");
            };
        }
    }

    /** Which of these the store holds with other files than were published. */
    private List<Sha256> altered(Digest... published) {
        return Stream.of(published)
                .filter(digest -> Files.exists(store.location(digest)))
                .filter(digest -> !ArtefactStore.digestOf(store.location(digest)).equals(digest))
                .map(Replay::sha)
                .toList();
    }

    private static Sha256 sha(Digest digest) {
        return new Sha256(digest.hex());
    }

    private static String known(Ledger ledger) {
        return ledger.windows().isEmpty()
                ? "the ledger is empty"
                : "the ledger holds w1 to " + ledger.windows().getLast().windowId();
    }

    private void requireBase(TrainingWindow window) {
        if (!window.baseDigest().equals(base.digest())) {
            throw new MillraceException(
                    "window %s was trained from base %s, the model here is %s (%s): open the model it was trained from"
                            .formatted(
                                    window.windowId(),
                                    window.baseDigest().brief(),
                                    base.digest().brief(),
                                    base.name()));
        }
    }
}
