package io.millrace.ingest.curation;

import io.millrace.ingest.EventTime;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Envelope;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Owner;
import io.millrace.schemas.Topic;
import io.millrace.schemas.UnreadableEventException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of one topic: redacted events, or the reason why a record is none. Whatever
 * bytes somebody has written to the topic, reading them never throws.
 */
record Inbox<E extends Event>(Topic<E> topic, UnaryOperator<E> redaction, Envelope envelope) {

    /** A placeholder may be a few times as long as what it stands for. */
    private static final int MAY_OUTGROW = EventProducer.MAX_EVENT_BYTES / 4;

    Inbox(Topic<E> topic, UnaryOperator<E> redaction) {
        this(topic, redaction, Envelope.of(topic));
    }

    sealed interface Reading<E extends Event> {}

    record Read<E extends Event>(E event) implements Reading<E> {}

    /** The reason is for a person and holds nothing of the content. */
    record Illegible<E extends Event>(String reason) implements Reading<E> {}

    Reading<E> read(Record<String, byte[]> record, Instant now) {
        byte @Nullable [] value = record.value();
        Optional<String> odd = envelope.flaw(record.headers());
        if (odd.isPresent()) {
            return new Illegible<>(odd.get());
        }
        if (value == null) {
            return new Illegible<>("it has no value");
        }
        if (value.length > EventProducer.MAX_EVENT_BYTES && !ours()) {
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
        if (!topic.key().apply(event).equals(record.key())) {
            return new Illegible<>("its key is not its " + topic.keyField());
        }
        Optional<String> flaw = EventTime.flaw(event.occurredAt(), now);
        return flaw.isPresent()
                ? new Illegible<>("occurredAt " + flaw.get())
                : redacted(event, value.length);
    }

    /** What curation wrote itself is somewhat larger than what it was made of. */
    private boolean ours() {
        return topic.owners().contains(Owner.CURATION);
    }

    private Reading<E> redacted(E event, int bytes) {
        E redacted = redaction.apply(event);
        return bytes > MAY_OUTGROW
                        && !ours()
                        && EventJson.write(redacted).length > EventProducer.MAX_EVENT_BYTES
                ? new Illegible<>("without its personal data it is larger than a record may be")
                : new Read<>(redacted);
    }
}
