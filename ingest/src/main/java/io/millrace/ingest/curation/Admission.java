package io.millrace.ingest.curation;

import io.millrace.schemas.SftExample;
import java.util.Optional;

/** The last word on an example that is new and has its cluster. */
interface Admission {

    /** Why it is kept from training; the detail is for a person and holds nothing of the text. */
    record Objection(QuarantineReason reason, String detail) {}

    /**
     * Admits an example and remembers that it was, or objects.
     *
     * @param found about this example
     */
    Optional<Objection> admit(SftExample placed, Findings found, Standing standing);
}
