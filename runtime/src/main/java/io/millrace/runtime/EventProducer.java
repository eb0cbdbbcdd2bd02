package io.millrace.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.millrace.schemas.CloudEvents;
import io.millrace.schemas.Event;
import io.millrace.schemas.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to their topics as CloudEvents. Plain, each event stands for itself; transactional,
 * those of one {@link #transaction} are seen together or not at all. Safe for many threads while
 * plain.
 */
public final class EventProducer implements AutoCloseable {

    /** Kafka takes 1 MiB a record by default; the rest is for key, headers and framing. */
    public static final int MAX_EVENT_BYTES = 1_000_000;

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final String source;
    private final KafkaProducer<String, byte[]> producer;
    private final List<KafkaClientMetrics> meters = new CopyOnWriteArrayList<>();

    /**
     * A plain producer.
     *
     * @param service who speaks, such as {@code gateway}
     */
    public EventProducer(KafkaSettings settings, String service) {
        this(settings, service, settings.producer(service + "-producer"));
    }

    private EventProducer(
            KafkaSettings settings, String service, KafkaProducer<String, byte[]> producer) {
        this.settings = settings;
        this.source = "/millrace/" + service;
        this.producer = producer;
    }

    /** A transactional producer; from now on every older one with this id is fenced off. */
    public static EventProducer transactional(
            KafkaSettings settings, String service, String transactionalId) {
        KafkaProducer<String, byte[]> producer =
                settings.transactionalProducer(service + "-transactions", transactionalId);
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            throw settings.failure("initialising transactions of " + transactionalId, e);
        }
        return new EventProducer(settings, service, producer);
    }

    /**
     * Writes one event; the future completes when every replica has it.
     *
     * @throws MillraceException when the event is larger than a record may be
     */
    public <E extends Event> CompletableFuture<RecordMetadata> send(Topic<E> topic, E event) {
        ProducerRecord<String, byte[]> record = record(topic, event);
        if (!fits(record)) {
            throw new MillraceException(
                    "an event of %,d bytes for %s is larger than the %,d bytes that a record may have: shorten it"
                            .formatted(record.value().length, record.topic(), MAX_EVENT_BYTES));
        }
        return new Prepared(record).send();
    }

    /**
     * Encodes one event without writing it, so that several can be known to fit before the first is
     * written; empty when it is larger than a record may be.
     */
    public <E extends Event> Optional<Prepared> prepare(Topic<E> topic, E event) {
        return Optional.of(record(topic, event)).filter(EventProducer::fits).map(Prepared::new);
    }

    /** An event as it will be written. */
    public final class Prepared {

        private final ProducerRecord<String, byte[]> record;

        private Prepared(ProducerRecord<String, byte[]> record) {
            this.record = record;
        }

        /** Writes it; the future completes when every replica has it. */
        public CompletableFuture<RecordMetadata> send() {
            CompletableFuture<RecordMetadata> acknowledged = new CompletableFuture<>();
            var _ =
                    producer.send(
                            record,
                            (metadata, error) -> {
                                if (error == null) {
                                    acknowledged.complete(metadata);
                                } else {
                                    acknowledged.completeExceptionally(
                                            settings.failure(
                                                    "writing to " + record.topic(), error));
                                }
                            });
            return acknowledged;
        }
    }

    /**
     * Runs the body in one transaction and commits it; aborts it when the body or a write of it
     * fails.
     *
     * @throws MillraceException when nothing was committed, or when another producer with our id
     *     has taken over
     */
    public void transaction(Consumer<EventProducer> body) {
        try {
            producer.beginTransaction();
            body.accept(this);
            producer.commitTransaction();
        } catch (TimeoutException e) {
            // Whether it is committed is unknown, so it must not be aborted: initTransactions
            // settles it at restart.
            throw settings.failure("committing a transaction", e);
        } catch (RuntimeException e) {
            abort(e);
            throw fenced(e) ? takenOver(e) : settings.failure("a transaction", e);
        }
    }

    /**
     * Whether a newer producer has our id. The coordinator says so in one way, and the leader of
     * the partition that is written to, which may notice first, in the other.
     */
    private static boolean fenced(@Nullable Throwable e) {
        return switch (e) {
            case null -> false;
            case ProducerFencedException _, InvalidProducerEpochException _ -> true;
            default -> fenced(e.getCause());
        };
    }

    private MillraceException takenOver(RuntimeException e) {
        return new MillraceException(
                "another process of the same name has taken over the transactions of %s: this one stops writing"
                        .formatted(source),
                e);
    }

    private void abort(RuntimeException because) {
        try {
            producer.abortTransaction();
        } catch (KafkaException e) {
            because.addSuppressed(e);
        }
    }

    /** Publishes the Kafka client's own meters until this producer is closed. */
    public void bindTo(MeterRegistry registry) {
        KafkaClientMetrics clientMetrics = new KafkaClientMetrics(producer);
        clientMetrics.bindTo(registry);
        meters.add(clientMetrics);
    }

    /** Waits until everything sent so far is acknowledged or has failed. */
    public void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        meters.forEach(KafkaClientMetrics::close);
        producer.close(CLOSE_PATIENCE);
    }

    private <E extends Event> ProducerRecord<String, byte[]> record(Topic<E> topic, E event) {
        return CloudEvents.record(settings.topicPrefix(), topic, event, source);
    }

    private static boolean fits(ProducerRecord<String, byte[]> record) {
        return record.value().length <= MAX_EVENT_BYTES;
    }
}
