package io.millrace.ingest.gateway;

import io.millrace.ingest.EventTime;
import io.millrace.ingest.gateway.Problem.Flaw;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.UnreadableEventException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an event of a JSON text: fills in what the caller left out, checks the rest against the
 * contract, redacts.
 */
final class EventIntake {

    private static final String PRINCIPAL = "principal";
    private static final String OCCURRED_AT = "occurredAt";

    private final Clock clock;
    private final Supplier<String> ids;

    EventIntake(Clock clock, Supplier<String> ids) {
        this.clock = clock;
        this.ids = ids;
    }

    sealed interface Taken<E extends Event> {}

    /** The event, and the id that the caller may refer to it by. */
    record Accepted<E extends Event>(String id, E event) implements Taken<E> {}

    record Refused<E extends Event>(Flaw flaw) implements Taken<E> {}

    /**
     * Reads one event.
     *
     * @param caller who sends it, when the transport says so; the body may name somebody else
     */
    <E extends Event> Taken<E> take(Endpoint<E> endpoint, byte[] json, Optional<String> caller) {
        ObjectNode fields;
        try {
            JsonNode tree = EventJson.MAPPER.readTree(json);
            if (!(tree instanceof ObjectNode object)) {
                return new Refused<>(new Flaw(null, "#", "the body is not a JSON object"));
            }
            fields = object;
        } catch (JacksonException e) {
            return new Refused<>(new Flaw(null, "#", "the body is not JSON"));
        }
        caller.ifPresent(principal -> setIfAbsent(fields, PRINCIPAL, principal));
        endpoint.defaults()
                .properties()
                .forEach(field -> fields.putIfAbsent(field.getKey(), field.getValue()));
        setIfAbsent(fields, OCCURRED_AT, clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
        if (!endpoint.id().equals(PRINCIPAL)) {
            setIfAbsent(fields, endpoint.id(), ids.get());
        }
        return check(endpoint, fields);
    }

    private <E extends Event> Taken<E> check(Endpoint<E> endpoint, ObjectNode fields) {
        E event;
        try {
            event = EventJson.read(EventJson.write(fields), endpoint.topic().type());
        } catch (UnreadableEventException e) {
            return new Refused<>(new Flaw(null, "#" + e.pointer(), String.valueOf(e.getMessage())));
        }
        Optional<String> oddTime = EventTime.flaw(event.occurredAt(), clock.instant());
        if (oddTime.isPresent()) {
            return new Refused<>(
                    new Flaw(null, "#/" + OCCURRED_AT, OCCURRED_AT + " " + oddTime.get()));
        }
        return new Accepted<>(
                fields.get(endpoint.id()).asString(), endpoint.redaction().apply(event));
    }

    private static void setIfAbsent(ObjectNode fields, String name, String value) {
        if (!fields.hasNonNull(name)) {
            fields.put(name, value);
        }
    }
}
