package io.millrace.ingest.curation;

import java.util.Arrays;
import java.util.Optional;

/** Why an example is kept away from training; the code is stable, tools select by it. */
enum QuarantineReason {
    EMPTY("empty"),
    TOO_LONG("too-long"),
    REPETITION("repetition"),
    STRADDLES_HOLDOUT("straddles-holdout"),
    /** A gate suite asks the same. */
    CONTAMINATED("contaminated"),
    /** Its principal has said as much as one may in one window. */
    PRINCIPAL_CAP("principal-cap"),
    /** Its near-duplicate cluster has as many members as one may have in one window. */
    CLUSTER_CAP("cluster-cap"),
    /** As many have its answer, word for word, as may in one window. */
    ANSWER_CAP("answer-cap"),
    /** Nobody else has said so yet. */
    UNCORROBORATED("uncorroborated"),
    /** The policy wants a person to look first. */
    AWAITS_REVIEW("awaits-review");

    private final String code;

    QuarantineReason(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Optional<QuarantineReason> of(String code) {
        return Arrays.stream(values()).filter(reason -> reason.code.equals(code)).findFirst();
    }
}
