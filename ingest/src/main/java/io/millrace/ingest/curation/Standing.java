package io.millrace.ingest.curation;

import org.jspecify.annotations.Nullable;

/**
 * What speaks for an example beside its content.
 *
 * @param trusted its principal is, or an operator imported it
 * @param released why it was quarantined, when a reviewer has let it go on from there
 */
record Standing(boolean trusted, @Nullable QuarantineReason released) {

    /** Of what anybody may have said. */
    static final Standing ANYBODY = new Standing(false, null);

    boolean isReleased() {
        return released != null;
    }

    /** Whether a reviewer has seen and overruled this. */
    boolean waives(QuarantineReason reason) {
        return released == reason;
    }
}
