package io.millrace.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Kafka records in CloudEvents 1.0 binary content mode (the Kafka protocol binding). */
public final class CloudEvents {

    private CloudEvents() {}

    /**
     * The record that carries an event.
     *
     * @param prefix topic prefix, such as {@link Topics#DEFAULT_PREFIX}
     * @param source the service that speaks, such as {@code /millrace/gateway}
     */
    public static <E extends Event> ProducerRecord<String, byte[]> record(
            String prefix, Topic<E> topic, E event, String source) {
        String key = topic.key().apply(event);
        return new ProducerRecord<>(
                topic.named(prefix),
                null,
                event.occurredAt().toEpochMilli(),
                key,
                EventJson.write(event),
                headers(topic, key, event, source));
    }

    static <E extends Event> List<Header> headers(Topic<E> topic, String key, E event, String source) {
        return List.of(
                header("ce_specversion", "1.0"),
                header("ce_id", key + "@" + event.occurredAt().toEpochMilli()),
                header("ce_type", topic.eventType()),
                header("ce_source", source),
                header("ce_time", event.occurredAt().toString()),
                header("content-type", "application/json"));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
