package io.millrace.ingest.curation;

import java.util.Locale;

/**
 * How one input event ended; each ends in exactly one, which is what {@code
 * millrace.curation.outcomes} counts.
 */
public enum Fate {
    /** An example to train on. */
    SFT,
    /** An example to examine with. */
    HOLDOUT,
    /** A thumb or rating that became a preference. */
    PREFERENCE,
    /** An example that a rule keeps away from training. */
    QUARANTINE,
    /** An interaction, kept for what people will say about it. */
    CONTEXT,
    /** Said before, by the same or by another event. */
    DUPLICATE,
    /** The same person has said something newer or stronger about the same answer. */
    SUPERSEDED,
    /** A thumb or rating about a prompt or an answer that the quality rules refuse. */
    REFUSED,
    /** An interaction under an id that another one has taken. */
    CONFLICT,
    /** Feedback or a correction about another tenant's interaction. */
    FOREIGN,
    /** Said by somebody who has asked to be forgotten. */
    ERASED,
    /** The same answer to the same prompt as an example that a reviewer has dropped for good. */
    BARRED,
    /** Feedback or a correction whose interaction never came; in its topic's dead letters. */
    ORPHAN,
    /** A record that is not the event that its topic promises; in its topic's dead letters. */
    UNREADABLE,
    /**
     * An event that would make its case larger than a record may be; in its topic's dead letters.
     */
    OVERSIZED;

    /** Its name in metrics and dead-letter headers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
