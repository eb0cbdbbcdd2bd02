package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one training window: a set of offset ranges that no other window shares. */
public record WindowId(@JsonValue String value) {

    @JsonCreator
    public WindowId {
        Require.id("windowId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
