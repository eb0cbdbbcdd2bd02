package io.millrace.ingest.curation;

import io.millrace.schemas.SftExample;
import java.util.Optional;

/** The last word on an example that is new and has its cluster. */
interface Admission {

    /** Why it is kept from training; the detail is for a person and holds nothing of the text. */
    record Objection(QuarantineReason reason, String detail) {}

    /** Admits an example and remembers that it was, or objects. */
    Optional<Objection> admit(SftExample placed, Standing standing);
}
