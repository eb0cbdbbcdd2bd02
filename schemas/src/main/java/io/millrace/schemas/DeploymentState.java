package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Where a version stands in its rollout. */
public enum DeploymentState {
    /** It answers all traffic. */
    @JsonProperty("live")
    LIVE,
    /** It was live; another version is now. */
    @JsonProperty("retired")
    RETIRED,
    /** It was not let in; the reason says why. */
    @JsonProperty("refused")
    REFUSED,
    /** It was live and was taken back. */
    @JsonProperty("rolled-back")
    ROLLED_BACK
}
