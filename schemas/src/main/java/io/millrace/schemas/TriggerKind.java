package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why training was asked for. */
public enum TriggerKind {
    @JsonProperty("count")
    COUNT,
    @JsonProperty("manual")
    MANUAL
}
