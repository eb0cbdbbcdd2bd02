package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How {@link Feedback#value()} is to be read. */
public enum FeedbackKind {
    @JsonProperty("thumb")
    THUMB,
    @JsonProperty("rating")
    RATING
}
