package io.millrace.runtime;

import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * An event and where it stands in the log.
 *
 * @param topic its name on the broker, prefix included
 */
public record Logged<E extends Event>(String topic, int partition, long offset, E event) {

    /**
     * Reads the event of a record.
     *
     * @throws io.millrace.schemas.UnreadableEventException when the value is not the event that the
     *     topic promises
     */
    static <E extends Event> Logged<E> of(Topic<E> topic, ConsumerRecord<String, byte[]> record) {
        return new Logged<>(
                record.topic(),
                record.partition(),
                record.offset(),
                EventJson.read(record.value(), topic.type()));
    }
}
