package io.millrace.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate decided of a candidate, with all that led to it.
 *
 * @param champion the version it was compared with; absent when that was the bare base model
 * @param suiteSha256 digest of the examination's cases, in order
 * @param holdout the offset ranges that the cases came from
 * @param report where the HTML report lies
 */
public record Verdict(
        ModelVersion modelVersion,
        Sha256 adapterDigest,
        @Nullable ModelVersion champion,
        Outcome outcome,
        String reason,
        List<SliceVerdict> slices,
        Sha256 policySha256,
        Sha256 suiteSha256,
        List<OffsetRange> holdout,
        long seed,
        @Nullable String report,
        Instant occurredAt)
        implements Event {

    public Verdict {
        slices = List.copyOf(slices);
        holdout = List.copyOf(holdout);
    }
}
