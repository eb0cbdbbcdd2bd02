package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What kind of event an example was made from. */
public enum ExampleSource {
    @JsonProperty("correction")
    CORRECTION,
    @JsonProperty("demonstration")
    DEMONSTRATION
}
