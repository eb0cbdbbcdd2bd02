package io.millrace.schemas;

import java.time.Instant;

/** A curated example that a trainer may learn from. */
public record SftExample(Example example, Instant occurredAt) implements Event {}
