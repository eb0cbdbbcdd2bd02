package io.millrace.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a person says the model should have given.
 *
 * @param revision grows when the same person corrects the same answer again; the highest one counts
 * @param tenant whom the sender belongs to; absent where callers are not told apart
 */
public record Correction(
        String correctionId,
        InteractionId interactionId,
        PrincipalId principal,
        int revision,
        String answer,
        @Nullable String comment,
        Instant occurredAt,
        @Nullable TenantId tenant)
        implements Event {

    public Correction {
        Require.id("correctionId", correctionId);
        Require.text("answer", answer);
        Require.atLeast(0, "revision", revision);
    }

    /** One of no tenant. */
    public Correction(
            String correctionId,
            InteractionId interactionId,
            PrincipalId principal,
            int revision,
            String answer,
            @Nullable String comment,
            Instant occurredAt) {
        this(correctionId, interactionId, principal, revision, answer, comment, occurredAt, null);
    }
}
