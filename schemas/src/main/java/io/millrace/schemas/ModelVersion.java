package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one trained adapter; never used twice. */
public record ModelVersion(@JsonValue String value) {

    @JsonCreator
    public ModelVersion {
        Require.id("modelVersion", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
