package io.millrace.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person's decision on a quarantined example: who, when, why. The first one on an example's
 * revision and reason counts.
 *
 * @param revision of the example that was looked at
 * @param reason the code that it was quarantined for
 * @param reviewer who decided
 * @param note why, for the record
 */
public record Review(
        ExampleId exampleId,
        int revision,
        String reason,
        ReviewDecision decision,
        PrincipalId reviewer,
        @Nullable String note,
        Instant occurredAt)
        implements Event {

    public Review {
        Require.atLeast(0, "revision", revision);
        Require.text("reason", reason);
    }
}
