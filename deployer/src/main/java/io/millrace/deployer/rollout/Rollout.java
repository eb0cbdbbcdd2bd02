package io.millrace.deployer.rollout;

import io.millrace.deployer.rollout.Attempt.Failed;
import io.millrace.deployer.rollout.Attempt.Succeeded;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.rollout.Clearance.Denied;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of one judged version to traffic. One version is under way at a time.
 *
 * <pre>
 * begin ──cleared──► Loading ──loaded──► Testing ──answers──► Flipping ──flipped──► Live
 *   │                   │                   │                    │
 *   └──denied───────────┴──failed───────────┴──failed────────────┴──failed──► Refused
 * </pre>
 *
 * <p>A process that dies under way leaves no trace: its successor begins again from the verdict.
 */
public sealed interface Rollout {

    /** The name that applications ask for; a rollout ends by pointing it at its version. */
    String ALIAS = "millrace";

    /** A state that waits for the outcome of a step. */
    sealed interface UnderWay extends Rollout {

        Cleared adapter();
    }

    /** A final state; the topic of deployments hears of it. */
    sealed interface Settled extends Rollout {

        ModelVersion version();

        Sha256 adapterDigest();
    }

    /** Its digest is verified and its weights are read. */
    record Loading(Cleared adapter) implements UnderWay {}

    /** It answers a fixed prompt, out of traffic's way. */
    record Testing(Cleared adapter) implements UnderWay {}

    /** The alias moves to it. */
    record Flipping(Cleared adapter) implements UnderWay {}

    /** It answers all traffic. */
    record Live(ModelVersion version, Sha256 adapterDigest) implements Settled {}

    /** It is not let in. */
    record Refused(ModelVersion version, Sha256 adapterDigest, String reason) implements Settled {}

    /**
     * Takes up a judged version. A verdict compares with one champion: where another is live by
     * now, it says nothing of which of the two is better.
     *
     * @param live the version that answers now; null for the bare base model
     */
    static Rollout begin(Judged judged, Sha256 servedBase, @Nullable ModelVersion live) {
        ModelVersion champion = judged.verdict().champion();
        return switch (resume(judged, servedBase)) {
            case Loading loading when !Objects.equals(champion, live) ->
                    refused(
                            loading.adapter(),
                            "it was judged against %s, and %s is live now: judge it again"
                                    .formatted(named(champion), named(live)));
            case Rollout other -> other;
        };
    }

    /** Takes up the version that was live when the process before this one ended. */
    static Rollout resume(Judged judged, Sha256 servedBase) {
        return switch (Clearance.of(judged, servedBase)) {
            case Cleared adapter -> new Loading(adapter);
            case Denied(String reason) ->
                    new Refused(judged.version(), judged.candidate().adapterDigest(), reason);
        };
    }

    /** Where the outcome of a state's step leads. */
    static Rollout decide(UnderWay state, Attempt attempt) {
        return switch (attempt) {
            case Succeeded _ -> next(state);
            case Failed(String reason) -> refused(state.adapter(), reason);
        };
    }

    private static Rollout next(UnderWay state) {
        return switch (state) {
            case Loading(Cleared adapter) -> new Testing(adapter);
            case Testing(Cleared adapter) -> new Flipping(adapter);
            case Flipping(Cleared adapter) -> new Live(adapter.version(), adapter.adapterDigest());
        };
    }

    private static Refused refused(Cleared adapter, String reason) {
        return new Refused(adapter.version(), adapter.adapterDigest(), reason);
    }

    private static String named(@Nullable ModelVersion version) {
        return version == null ? "the bare base model" : version.value();
    }
}
