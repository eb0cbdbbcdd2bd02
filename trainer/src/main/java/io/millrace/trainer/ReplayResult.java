package io.millrace.trainer;

import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;

/** What the ledger says of a window, and what came out when it was made again. */
public record ReplayResult(
        WindowId window,
        Sha256 expectedDataset,
        Sha256 actualDataset,
        Sha256 expectedAdapter,
        Sha256 actualAdapter) {

    public boolean datasetMatches() {
        return expectedDataset.equals(actualDataset);
    }

    public boolean adapterMatches() {
        return expectedAdapter.equals(actualAdapter);
    }

    /** Whether both came out the same, byte for byte. */
    public boolean matches() {
        return datasetMatches() && adapterMatches();
    }
}
