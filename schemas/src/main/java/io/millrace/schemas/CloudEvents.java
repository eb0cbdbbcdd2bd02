package io.millrace.schemas;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Kafka records in CloudEvents 1.0 binary content mode (the Kafka protocol binding). */
public final class CloudEvents {

    static final String SPEC_VERSION = "ce_specversion";
    static final String VERSION = "1.0";
    static final String TYPE = "ce_type";

    /** Never written here: the type says the version. Others may write it. */
    static final String DATA_SCHEMA = "ce_dataschema";

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
        byte[] value = EventJson.write(event);
        return new ProducerRecord<>(
                topic.named(prefix),
                null,
                event.occurredAt().toEpochMilli(),
                key,
                value,
                List.of(
                        header(SPEC_VERSION, VERSION),
                        header("ce_id", id(key, value)),
                        header(TYPE, topic.eventType()),
                        header("ce_source", source),
                        header("ce_time", event.occurredAt().toString()),
                        header("content-type", "application/json")));
    }

    /**
     * The same event sent twice has the same id; two events of one key have not, even in one
     * millisecond.
     */
    private static String id(String key, byte[] value) {
        return key + "@" + Sha256.of(value).brief();
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
