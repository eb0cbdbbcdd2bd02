package io.millrace.ingest.gateway;

import io.millrace.ingest.gateway.Problem.Flaw;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** One event of a request's body, as it was sent. */
sealed interface Submission {

    /**
     * An object to make an event of.
     *
     * @param place where in the request it stands
     * @param envelope of the CloudEvent that it came in, if in one
     */
    record Sent(ObjectNode data, Place place, @Nullable Envelope envelope) implements Submission {}

    /** Nothing that could be one. */
    record Malformed(Flaw flaw) implements Submission {}

    /**
     * What a CloudEvent says beside its data.
     *
     * @param id names the event where the data does not
     * @param time when it happened, where the data does not say
     */
    record Envelope(String id, @Nullable String time) {}

    /**
     * Where an object stands in a request.
     *
     * @param line of an NDJSON batch, from 1
     * @param event pointer to the CloudEvent, empty for the body itself
     * @param data pointer to its data, the same for an event without an envelope
     */
    record Place(@Nullable Integer line, String event, String data) {

        static final Place BODY = new Place(null, "", "");

        Flaw inData(Flaw flaw) {
            Flaw placed = flaw.below(data);
            return line == null ? placed : placed.onLine(line);
        }

        Flaw inEnvelope(Flaw flaw) {
            return flaw.below(event);
        }
    }
}
