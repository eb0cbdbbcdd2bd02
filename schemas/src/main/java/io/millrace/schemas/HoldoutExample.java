package io.millrace.schemas;

import java.time.Instant;

/** A curated example that is never trained on; the gate examines with it. */
public record HoldoutExample(Example example, Instant occurredAt) implements Event {}
