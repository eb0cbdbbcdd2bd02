package io.millrace.schemas;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step of a rollout.
 *
 * @param alias the name that clients ask for
 * @param previous the version the alias pointed to before; absent when that was the bare base model
 */
public record Deployment(
        DeploymentId deploymentId,
        ModelVersion modelVersion,
        Sha256 adapterDigest,
        DeploymentState state,
        String alias,
        @Nullable ModelVersion previous,
        String reason,
        Instant occurredAt)
        implements Event {

    public Deployment {
        Require.text("alias", alias);
    }
}
