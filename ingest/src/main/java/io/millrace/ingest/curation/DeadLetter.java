package io.millrace.ingest.curation;

import io.millrace.runtime.Fitting;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A record that curation will never be able to use, and why.
 *
 * @param value as it came; cut where it would not fit a record any more together with the reason
 * @param fate what its event is counted as
 * @param reason for a person; nothing of the content
 * @param topic where it came from, prefix included
 * @param origin the exact place, unless it is a waiting event that nobody came for
 */
record DeadLetter(
        @Nullable Bytes value,
        Fate fate,
        String reason,
        String topic,
        @Nullable RecordMetadata origin) {

    static DeadLetter of(byte @Nullable [] value, Fate fate, String reason, RecordMetadata origin) {
        return new DeadLetter(
                Bytes.wrap(Fitting.value(value)), fate, reason, origin.topic(), origin);
    }

    static <E extends Event> DeadLetter orphan(
            Topic<E> topic, E event, String prefix, String reason) {
        Bytes value = Bytes.wrap(EventJson.write(event));
        return new DeadLetter(value, Fate.ORPHAN, reason, topic.named(prefix), null);
    }
}
