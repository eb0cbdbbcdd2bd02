package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a reviewer does with a quarantined example. */
public enum ReviewDecision {
    /** It goes on to the steps that follow the one that held it. */
    @JsonProperty("release")
    RELEASE,
    /** It stays out for good, whoever says it again. */
    @JsonProperty("drop")
    DROP
}
