package io.millrace.ingest.curation;

/** Why an example is kept away from training; the code is stable, tools select by it. */
enum QuarantineReason {
    EMPTY("empty"),
    TOO_LONG("too-long"),
    REPETITION("repetition"),
    STRADDLES_HOLDOUT("straddles-holdout");

    private final String code;

    QuarantineReason(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
