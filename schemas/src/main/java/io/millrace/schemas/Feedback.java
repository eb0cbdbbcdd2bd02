package io.millrace.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a person thought of an answer: a thumb (0 down, 1 up) or a rating from 1 to 5.
 *
 * @param feedbackId names this statement; saying it twice counts once
 * @param tenant whom the sender belongs to; absent where callers are not told apart
 */
public record Feedback(
        String feedbackId,
        InteractionId interactionId,
        PrincipalId principal,
        FeedbackKind kind,
        double value,
        @Nullable String comment,
        Instant occurredAt,
        @Nullable TenantId tenant)
        implements Event {

    public Feedback {
        Require.id("feedbackId", feedbackId);
        boolean valid =
                switch (kind) {
                    case THUMB -> value == 0 || value == 1;
                    case RATING -> value >= 1 && value <= 5;
                };
        if (!valid) {
            throw new IllegalArgumentException(
                    "value must be 0 or 1 for a thumb, 1 to 5 for a rating");
        }
    }

    /** One of no tenant. */
    public Feedback(
            String feedbackId,
            InteractionId interactionId,
            PrincipalId principal,
            FeedbackKind kind,
            double value,
            @Nullable String comment,
            Instant occurredAt) {
        this(feedbackId, interactionId, principal, kind, value, comment, occurredAt, null);
    }

    /** Whether the person was content: thumb up, or a rating of 4 or more. */
    public boolean positive() {
        return switch (kind) {
            case THUMB -> value == 1;
            case RATING -> value >= 4;
        };
    }
}
