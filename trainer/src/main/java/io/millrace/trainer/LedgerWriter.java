package io.millrace.trainer;

import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.WindowOutcome;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.lineage.Champion;
import io.millrace.trainer.training.BaseModel;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Makes a run's result public: first the artefacts, which nobody looks for yet, then ledger entry
 * and candidate in one transaction. The entry names the request, which is thereby answered.
 */
record LedgerWriter(EventProducer transactions, ArtefactStore store, BaseModel base, Clock clock) {

    TrainingWindow write(
            WindowPlan plan, TriggerId trigger, WindowResult.Trained result, Staging staging) {
        store.publish(staging.dataset());
        Digest digest = store.publish(staging.adapter());
        Candidate candidate = candidate(plan, result, digest);
        String refusals = result.run().refusals();
        TrainingWindow entry =
                entry(
                        plan,
                        trigger,
                        WindowOutcome.CANDIDATE,
                        result.dataset(),
                        candidate,
                        refusals);
        commit(entry, candidate);
        return entry;
    }

    TrainingWindow write(
            WindowPlan plan, TriggerId trigger, WindowResult.Fruitless result, Staging staging) {
        if (result.dataset() != null) {
            store.publish(staging.dataset());
        }
        TrainingWindow entry =
                entry(plan, trigger, result.outcome(), result.dataset(), null, result.reason());
        commit(entry, null);
        return entry;
    }

    /** The writes' futures need no look: a write that fails, fails the commit. */
    private void commit(TrainingWindow entry, @Nullable Candidate candidate) {
        transactions.transaction(open -> {
            var unusedEntry = open.send(Topics.WINDOWS, entry);
            if (candidate != null) {
                var unusedCandidate = open.send(Topics.CANDIDATES, candidate);
            }
        });
    }

    private Candidate candidate(WindowPlan plan, WindowResult.Trained result, Digest digest) {
        Champion parent = plan.parent();
        return new Candidate(
                new ModelVersion("v" + plan.sequence() + "-" + digest.hex().substring(0, 8)),
                plan.id(),
                base.name(),
                base.digest(),
                new Sha256(digest.hex()),
                store.location(digest).toUri().toString(),
                parent == null ? null : parent.version(),
                plan.lineage(),
                result.dataset().sha256(),
                plan.config().sha256(),
                plan.seed(),
                result.run().trainLoss(),
                result.run().lossCurve(),
                clock.instant());
    }

    private TrainingWindow entry(
            WindowPlan plan,
            TriggerId trigger,
            WindowOutcome outcome,
            @Nullable Dataset dataset,
            @Nullable Candidate candidate,
            String reason) {
        Champion parent = plan.parent();
        return new TrainingWindow(
                plan.id(),
                plan.sequence(),
                trigger,
                plan.ranges(),
                outcome,
                dataset == null ? 0 : dataset.fresh(),
                dataset == null ? 0 : dataset.replayed(),
                plan.replayed().stream().map(TrainingWindow::windowId).toList(),
                dataset == null ? null : dataset.sha256(),
                plan.config().sha256(),
                plan.config().text(),
                plan.seed(),
                base.digest(),
                parent == null ? null : parent.version(),
                parent == null ? null : parent.adapterDigest(),
                candidate == null ? null : candidate.modelVersion(),
                candidate == null ? null : candidate.adapterDigest(),
                reason.isEmpty() ? null : reason,
                clock.instant());
    }
}
