package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the gate says of a candidate or of one slice. */
public enum Outcome {
    @JsonProperty("pass")
    PASS,
    @JsonProperty("fail")
    FAIL,
    @JsonProperty("inconclusive")
    INCONCLUSIVE
}
