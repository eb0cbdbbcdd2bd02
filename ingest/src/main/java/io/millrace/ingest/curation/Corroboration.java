package io.millrace.ingest.curation;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who must agree before what one person says is trained on. */
public enum Corroboration {
    /** Nobody. */
    @JsonProperty("none")
    NONE,
    /** Another principal who gives the same answer to the same prompt, or nearly the same. */
    @JsonProperty("second-principal")
    SECOND_PRINCIPAL,
    /** A person who releases it from quarantine. */
    @JsonProperty("reviewer")
    REVIEWER
}
