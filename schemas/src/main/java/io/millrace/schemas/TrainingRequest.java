package io.millrace.schemas;

import java.time.Instant;

/**
 * Somebody or something asks for a training run.
 *
 * @param reason one sentence that a person can read
 * @param examples how many untrained examples were seen when it was asked for
 */
public record TrainingRequest(
        TriggerId triggerId, TriggerKind kind, String reason, long examples, Instant occurredAt)
        implements Event {

    public TrainingRequest {
        Require.atLeast(0, "examples", examples);
    }
}
