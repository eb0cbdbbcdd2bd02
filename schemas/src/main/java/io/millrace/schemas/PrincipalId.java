package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names the person or system that said something; the unit of caps and of erasure. */
public record PrincipalId(@JsonValue String value) {

    @JsonCreator
    public PrincipalId {
        Require.id("principal", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
