package io.millrace.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained adapter, not yet judged.
 *
 * @param base name of the base model
 * @param adapterDigest digest of the adapter's files in the artefact store
 * @param adapterUri where they are
 * @param parent the version that training started from; absent for the base model itself
 * @param lineage every window that went into it, oldest first, its own last
 * @param trainLoss mean loss of the last epoch, nats per response token
 * @param lossCurve mean loss of each reported step, oldest first
 */
public record Candidate(
        ModelVersion modelVersion,
        WindowId windowId,
        String base,
        Sha256 baseDigest,
        Sha256 adapterDigest,
        String adapterUri,
        @Nullable ModelVersion parent,
        List<WindowId> lineage,
        Sha256 datasetSha256,
        Sha256 configSha256,
        long seed,
        double trainLoss,
        List<Double> lossCurve,
        Instant occurredAt)
        implements Event {

    public Candidate {
        lineage = List.copyOf(lineage);
        lossCurve = List.copyOf(lossCurve);
        Require.text("base", base);
        Require.text("adapterUri", adapterUri);
        Require.notEmpty("lineage", lineage);
        Require.notNegative("trainLoss", trainLoss);
        lossCurve.forEach(loss -> Require.notNegative("lossCurve", loss));
    }
}
