package io.millrace.trainer;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;
import java.util.List;

/**
 * What the ledger says of a window, and what came out when it was made again.
 *
 * @param altered the window's artefacts in the store whose files are no longer those that were
 *     published; one that is not in the store is not among them
 */
public record ReplayResult(
        WindowId window,
        Sha256 expectedDataset,
        Sha256 actualDataset,
        Sha256 expectedAdapter,
        Sha256 actualAdapter,
        List<Sha256> altered) {

    public ReplayResult {
        altered = List.copyOf(altered);
    }

    public boolean datasetMatches() {
        return expectedDataset.equals(actualDataset);
    }

    public boolean adapterMatches() {
        return expectedAdapter.equals(actualAdapter);
    }

    /** Whether both came out the same, byte for byte, and so does the store hold them. */
    public boolean matches() {
        return datasetMatches() && adapterMatches() && altered.isEmpty();
    }
}
