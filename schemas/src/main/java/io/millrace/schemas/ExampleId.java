package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one curated example; the same source always yields the same id. */
public record ExampleId(@JsonValue String value) {

    @JsonCreator
    public ExampleId {
        Require.id("exampleId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
