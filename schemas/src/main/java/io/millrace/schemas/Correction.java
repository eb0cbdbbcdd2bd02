package io.millrace.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The answer that a person says the model should have given.
 *
 * @param revision grows when the same person corrects the same answer again; the highest one counts
 */
public record Correction(
        String correctionId,
        InteractionId interactionId,
        PrincipalId principal,
        int revision,
        String answer,
        @Nullable String comment,
        Instant occurredAt)
        implements Event {

    public Correction {
        Require.id("correctionId", correctionId);
        Require.text("answer", answer);
        Require.atLeast(0, "revision", revision);
    }
}
