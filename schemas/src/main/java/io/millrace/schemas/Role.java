package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who speaks in a {@link Message}. */
public enum Role {
    @JsonProperty("system")
    SYSTEM,
    @JsonProperty("user")
    USER,
    @JsonProperty("assistant")
    ASSISTANT
}
