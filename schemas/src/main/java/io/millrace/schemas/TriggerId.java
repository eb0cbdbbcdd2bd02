package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one request to train. */
public record TriggerId(@JsonValue String value) {

    @JsonCreator
    public TriggerId {
        Require.id("triggerId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
