package io.millrace.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the window ledger: which records of the stream a run trained on, and everything
 * needed to run it again. Windows tile: each range starts where the previous window's range of the
 * same partition ended.
 *
 * @param sequence 1 for the first window, then one more each time
 * @param ranges in order of topic and partition
 * @param examples fresh examples of this window in the dataset
 * @param replayed examples of earlier windows mixed in
 * @param replayWindows the windows they came from, in order
 * @param config every training setting, as text; its digest is {@code configSha256}
 * @param parent the version that training started from; absent for the base model itself
 * @param candidate absent unless the outcome is {@link WindowOutcome#CANDIDATE}
 * @param reason what went wrong, for a person
 */
public record TrainingWindow(
        WindowId windowId,
        int sequence,
        TriggerId triggerId,
        List<OffsetRange> ranges,
        WindowOutcome outcome,
        long examples,
        long replayed,
        List<WindowId> replayWindows,
        @Nullable Sha256 datasetSha256,
        Sha256 configSha256,
        String config,
        long seed,
        Sha256 baseDigest,
        @Nullable ModelVersion parent,
        @Nullable Sha256 parentDigest,
        @Nullable ModelVersion candidate,
        @Nullable Sha256 adapterDigest,
        @Nullable String reason,
        Instant occurredAt)
        implements Event {

    public TrainingWindow {
        ranges = List.copyOf(ranges);
        replayWindows = List.copyOf(replayWindows);
        Require.atLeast(1, "sequence", sequence);
        Require.atLeast(0, "examples", examples);
        Require.atLeast(0, "replayed", replayed);
        if (outcome == WindowOutcome.CANDIDATE
                && (candidate == null || adapterDigest == null || datasetSha256 == null)) {
            throw new IllegalArgumentException(
                    "a window with a candidate names candidate, adapterDigest and datasetSha256");
        }
    }
}
