package io.millrace.ingest.gateway;

import io.helidon.http.Status;
import io.millrace.ingest.EventTime;
import io.millrace.ingest.gateway.Problem.Flaw;
import io.millrace.ingest.gateway.Submission.Envelope;
import io.millrace.ingest.gateway.Submission.Sent;
import io.millrace.ingest.gateway.access.Caller.Anonymous;
import io.millrace.ingest.gateway.access.Caller.Member;
import io.millrace.ingest.gateway.shape.Shaped.Mapped;
import io.millrace.ingest.gateway.shape.Shaped.Unfit;
import io.millrace.ingest.gateway.shape.Shapes;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import io.millrace.schemas.UnreadableEventException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an event of what was sent: says it in our words, fills in what was left out, checks the
 * rest against the contract, redacts and encodes.
 */
final class EventIntake {

    private static final String PRINCIPAL = "principal";
    private static final String OCCURRED_AT = "occurredAt";
    private static final String TENANT = "tenant";

    private final Outlet outlet;
    private final Redaction redaction;
    private final Clock clock;

    EventIntake(Outlet outlet, Redaction redaction, Clock clock) {
        this.outlet = outlet;
        this.redaction = redaction;
        this.clock = clock;
    }

    sealed interface Taken {}

    /**
     * An event that is good to send.
     *
     * @param id that the caller may refer to it by
     */
    record Accepted(String id, Topic<?> topic, Outlet.Letter letter) implements Taken {}

    record Refused(Flaw flaw) implements Taken {}

    /**
     * Takes one event.
     *
     * @param number its place among the request's events, from 0
     */
    Taken take(Endpoint<?> endpoint, Sent sent, Sender sender, int number) {
        return switch (Shapes.of(endpoint.topic(), sent.data())) {
            case Unfit(String pointer, String detail) ->
                    new Refused(sent.place().inData(Flaw.of(pointer, detail)));
            case Mapped mapped -> {
                Endpoint<?> target = Endpoint.of(mapped.topic());
                Optional<Flaw> flaw =
                        rightsFlaw(target, sender).or(() -> own(mapped.fields(), sender));
                if (flaw.isPresent()) {
                    yield new Refused(sent.place().inData(flaw.get()));
                }
                fill(target, mapped.fields(), sent.envelope(), sender, number);
                yield check(target, mapped, sent);
            }
        };
    }

    /** One shape may end at another endpoint's topic. */
    private static Optional<Flaw> rightsFlaw(Endpoint<?> target, Sender sender) {
        return sender.caller().may(target.name())
                ? Optional.empty()
                : Optional.of(
                        Flaw.of(
                                Status.FORBIDDEN_403,
                                "",
                                "the credentials are not good for " + target.path()));
    }

    /** Signs the event with its sender's tenant; nobody else may say it. */
    private static Optional<Flaw> own(ObjectNode fields, Sender sender) {
        if (sender.principal() != null) {
            setIfAbsent(fields, PRINCIPAL, sender.principal());
        }
        String said = fields.path(TENANT).asString("");
        switch (sender.caller()) {
            case Anonymous _ -> {
                return fields.hasNonNull(TENANT) ? Optional.of(saidTenant()) : Optional.empty();
            }
            case Member member -> {
                if (fields.hasNonNull(TENANT) && !said.equals(member.tenant().value())) {
                    return Optional.of(saidTenant());
                }
                fields.put(TENANT, member.tenant().value());
                return Optional.empty();
            }
        }
    }

    private static Flaw saidTenant() {
        return Flaw.of("/" + TENANT, "the credentials say which tenant it is: leave it out");
    }

    private void fill(
            Endpoint<?> target,
            ObjectNode fields,
            @Nullable Envelope envelope,
            Sender sender,
            int number) {
        target.defaults()
                .properties()
                .forEach(field -> {
                    if (!fields.hasNonNull(field.getKey())) {
                        fields.set(field.getKey(), field.getValue());
                    }
                });
        if (sender.caller() instanceof Member member && fields.path(PRINCIPAL).isString()) {
            fields.put(PRINCIPAL, member.qualified(fields.get(PRINCIPAL).stringValue()));
        }
        if (envelope != null && envelope.time() != null) {
            setIfAbsent(fields, OCCURRED_AT, envelope.time());
        }
        if (!fields.hasNonNull(OCCURRED_AT)) {
            fields.put(OCCURRED_AT, now().toString());
        }
        if (!target.id().equals(PRINCIPAL) && !fields.hasNonNull(target.id())) {
            fields.put(target.id(), envelope == null ? sender.ids().apply(number) : envelope.id());
        }
    }

    private <E extends Event> Taken check(Endpoint<E> target, Mapped mapped, Sent sent) {
        E event;
        try {
            event = EventJson.read(mapped.fields(), target.topic().type());
        } catch (UnreadableEventException e) {
            return refused(target, e.pointer(), String.valueOf(e.getMessage()), mapped, sent);
        }
        Optional<String> oddTime = EventTime.flaw(event.occurredAt(), clock.instant());
        if (oddTime.isPresent()) {
            String detail = OCCURRED_AT + " " + oddTime.get();
            return refused(target, "/" + OCCURRED_AT, detail, mapped, sent);
        }
        String id = mapped.fields().get(target.id()).asString();
        return outlet.prepare(target.topic(), target.redaction().apply(redaction, event))
                .<Taken>map(letter -> new Accepted(id, target.topic(), letter))
                .orElseGet(() -> new Refused(sent.place().inData(tooLarge())));
    }

    /** Points at what was sent, be it the envelope or a field of another name. */
    private static Refused refused(
            Endpoint<?> target, String pointer, String detail, Mapped mapped, Sent sent) {
        Envelope envelope = sent.envelope();
        if (envelope != null && says(mapped, target.id(), envelope.id(), pointer)) {
            return new Refused(sent.place().inEnvelope(Flaw.of("/id", detail)));
        }
        if (envelope != null && says(mapped, OCCURRED_AT, envelope.time(), pointer)) {
            return new Refused(sent.place().inEnvelope(Flaw.of("/time", detail)));
        }
        return new Refused(sent.place().inData(Flaw.of(mapped.origin(pointer), detail)));
    }

    private static boolean says(
            Mapped mapped, String field, @Nullable String value, String pointer) {
        return pointer.equals("/" + field)
                && !mapped.origins().containsKey(pointer)
                && mapped.fields().path(field).asString("").equals(value);
    }

    private static Flaw tooLarge() {
        return Flaw.of(
                Status.REQUEST_ENTITY_TOO_LARGE_413,
                "",
                "an event may have %,d bytes".formatted(EventProducer.MAX_EVENT_BYTES));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void setIfAbsent(ObjectNode fields, String name, String value) {
        if (!fields.hasNonNull(name)) {
            fields.put(name, value);
        }
    }
}
