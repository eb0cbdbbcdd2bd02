package io.millrace.ingest.curation;

import io.millrace.ingest.EventTime;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import io.millrace.schemas.UnreadableEventException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one topic: redacted events, or the reason why a record is none. Whatever
 * bytes somebody has written to the topic, reading them never throws.
 */
record Inbox<E extends Event>(Topic<E> topic, UnaryOperator<E> redaction) {

    sealed interface Reading<E extends Event> {}

    record Read<E extends Event>(E event) implements Reading<E> {}

    /** The reason is for a person and holds nothing of the content. */
    record Illegible<E extends Event>(String reason) implements Reading<E> {}

    Reading<E> read(@Nullable String key, byte @Nullable [] value, Instant now) {
        if (value == null) {
            return new Illegible<>("it has no value");
        }
        if (value.length > EventProducer.MAX_EVENT_BYTES) {
            return new Illegible<>(
                    "it has %,d bytes, the limit is %,d"
                            .formatted(value.length, EventProducer.MAX_EVENT_BYTES));
        }
        E event;
        try {
            event = EventJson.read(value, topic.type());
        } catch (UnreadableEventException e) {
            return new Illegible<>(String.valueOf(e.getMessage()));
        }
        if (!topic.key().apply(event).equals(key)) {
            return new Illegible<>("its key is not its " + topic.keyField());
        }
        Optional<String> flaw = EventTime.flaw(event.occurredAt(), now);
        return flaw.isPresent()
                ? new Illegible<>("occurredAt " + flaw.get())
                : new Read<>(redaction.apply(event));
    }
}
