package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Names one step of a rollout. */
public record DeploymentId(@JsonValue String value) {

    @JsonCreator
    public DeploymentId {
        Require.id("deploymentId", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
