package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a training window ended. */
public enum WindowOutcome {
    /** It made a candidate. */
    @JsonProperty("candidate")
    CANDIDATE,
    /** It held nothing to train on. */
    @JsonProperty("empty")
    EMPTY,
    /** Training failed; the reason says why. */
    @JsonProperty("failed")
    FAILED
}
