package io.millrace.trainer.trigger;

import java.time.Instant;

/**
 * The examples that no window covers yet.
 *
 * @param oldest when the first of them was seen here
 * @param newest when the last of them was seen here
 */
public record Untrained(long examples, Instant oldest, Instant newest) {}
