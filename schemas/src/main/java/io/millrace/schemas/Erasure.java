package io.millrace.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person's wish to be forgotten: their examples leave every later dataset. */
public record Erasure(PrincipalId principal, @Nullable String reason, Instant occurredAt)
        implements Event {}
