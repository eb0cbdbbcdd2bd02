package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one answer that a model gave; feedback and corrections refer to it. */
public record InteractionId(@JsonValue String value) {

    @JsonCreator
    public InteractionId {
        Require.id("interactionId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
