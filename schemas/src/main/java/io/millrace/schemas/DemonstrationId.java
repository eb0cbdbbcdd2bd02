package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one demonstration: an answer that a person wrote without seeing a model's. */
public record DemonstrationId(@JsonValue String value) {

    @JsonCreator
    public DemonstrationId {
        Require.id("demonstrationId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
