package io.millrace.schemas;

import java.time.Instant;

/**
 * An example kept away from training.
 *
 * @param reason a stable code, such as {@code too-long}
 * @param detail what a person needs to decide
 */
public record QuarantinedExample(Example example, String reason, String detail, Instant occurredAt)
        implements Event {

    public QuarantinedExample {
        Require.text("reason", reason);
    }
}
