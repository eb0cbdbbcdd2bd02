package io.millrace.deployer.rollout;

import io.millrace.deployer.rollout.Rollout.Live;
import io.millrace.deployer.rollout.Rollout.Refused;
import io.millrace.deployer.rollout.Rollout.Settled;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentId;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The end of a rollout as events. Ids follow from version and state, so that saying it twice is
 * saying it once.
 */
public final class Announcement {

    private Announcement() {}

    /**
     * The events of one ending, to be written together.
     *
     * @param before the deployment that was live until now; null for the bare base model
     */
    public static List<Deployment> of(Settled end, @Nullable Deployment before, Instant at) {
        return switch (end) {
            case Refused(ModelVersion version, Sha256 digest, String reason) ->
                    List.of(event(version, digest, DeploymentState.REFUSED, null, reason, at));
            case Live(ModelVersion version, Sha256 digest) -> {
                List<Deployment> events = new ArrayList<>();
                ModelVersion previous = null;
                if (before != null) {
                    previous = before.modelVersion();
                    events.add(
                            event(
                                    previous,
                                    before.adapterDigest(),
                                    DeploymentState.RETIRED,
                                    null,
                                    version + " is live now",
                                    at));
                }
                events.add(
                        event(
                                version,
                                digest,
                                DeploymentState.LIVE,
                                previous,
                                "passed the gate and the smoke test",
                                at));
                yield events;
            }
        };
    }

    private static Deployment event(
            ModelVersion version,
            Sha256 digest,
            DeploymentState state,
            @Nullable ModelVersion previous,
            String reason,
            Instant at) {
        return new Deployment(
                id(version, state), version, digest, state, Rollout.ALIAS, previous, reason, at);
    }

    private static DeploymentId id(ModelVersion version, DeploymentState state) {
        String step =
                switch (state) {
                    case LIVE -> "live";
                    case RETIRED -> "retired";
                    case REFUSED -> "refused";
                    case ROLLED_BACK -> "rolled-back";
                };
        return new DeploymentId("d-%s-%s".formatted(version, step));
    }
}
