package io.millrace.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which times an event may claim: it becomes the record's timestamp, and a broker refuses odd ones.
 */
public final class EventTime {

    /** A broker refuses a record that is an hour ahead; the rest is for clocks that disagree. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(55);

    private EventTime() {}

    /**
     * What is wrong with a claimed time, as the end of a sentence that begins with the field's
     * name.
     */
    public static Optional<String> flaw(Instant claimed, Instant now) {
        if (claimed.isBefore(Instant.EPOCH)) {
            return Optional.of("must not lie before 1970");
        }
        if (claimed.isAfter(now.plus(MAX_AHEAD))) {
            return Optional.of("must not lie more than 55 minutes ahead");
        }
        return Optional.empty();
    }
}
