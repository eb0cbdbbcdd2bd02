package io.millrace.runtime;

import io.millrace.schemas.Topic;
import io.millrace.schemas.UnreadableEventException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Puts records that a service could not read into the topic's {@code .dlq}, once each, however
 * often they are replayed. Where a letter came from stands in the headers that Kafka Streams uses
 * too (KIP-1034), and in ours who could not read it.
 */
public final class DeadLetters {

    public static final String READER = "millrace.reader";
    public static final String MESSAGE = "__streams.errors.message";
    public static final String TOPIC = "__streams.errors.topic";
    public static final String PARTITION = "__streams.errors.partition";
    public static final String OFFSET = "__streams.errors.offset";

    private final KafkaSettings settings;
    private final String topic;
    private final String reader;
    private @Nullable Set<String> parked;

    DeadLetters(KafkaSettings settings, Topic<?> topic, String reader) {
        this.settings = settings;
        this.topic = topic.deadLetters(settings.topicPrefix());
        this.reader = reader;
    }

    /**
     * Parks one record and waits until it is safe; false when an earlier run has parked it already.
     */
    boolean park(ConsumerRecord<String, byte[]> record, UnreadableEventException reason) {
        try {
            if (parked == null) {
                parked = parkedEarlier();
            }
            if (!parked.add(origin(record.partition(), record.offset()))) {
                return false;
            }
            try (Producer<String, byte[]> producer = settings.producer(reader + "-dead-letters")) {
                producer.send(letter(record, reason)).get();
            }
            return true;
        } catch (ExecutionException e) {
            throw settings.failure("writing to " + topic, e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw settings.failure("writing to " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("writing to %s was interrupted".formatted(topic), e);
        }
    }

    private Set<String> parkedEarlier() {
        try (Consumer<String, byte[]> consumer = settings.consumer(reader + "-dead-letters")) {
            Set<String> origins = new HashSet<>();
            for (var letter : EventLog.records(consumer, EventLog.whole(consumer, topic))) {
                if (reader.equals(text(letter.headers(), READER))) {
                    origins.add(
                            text(letter.headers(), PARTITION)
                                    + ":"
                                    + text(letter.headers(), OFFSET));
                }
            }
            return origins;
        }
    }

    private static String origin(int partition, long offset) {
        return partition + ":" + offset;
    }

    private ProducerRecord<String, byte[]> letter(
            ConsumerRecord<String, byte[]> record, UnreadableEventException reason) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(
                        topic,
                        null,
                        Fitting.key(record.key()),
                        Fitting.value(record.value()),
                        Fitting.headers(record.headers()));
        add(letter, READER, reader);
        add(letter, MESSAGE, String.valueOf(reason.getMessage()));
        add(letter, TOPIC, record.topic());
        add(letter, PARTITION, Integer.toString(record.partition()));
        add(letter, OFFSET, Long.toString(record.offset()));
        return letter;
    }

    private static void add(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
