package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a {@link Preference} says. */
public enum PreferenceKind {
    /** The chosen answer is better than the rejected one. */
    @JsonProperty("pair")
    PAIR,
    /** The chosen answer is good; nothing to compare it with. */
    @JsonProperty("desirable")
    DESIRABLE,
    /** The rejected answer is bad; nothing to compare it with. */
    @JsonProperty("undesirable")
    UNDESIRABLE
}
