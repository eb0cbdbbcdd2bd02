package io.millrace.ingest.curation;

import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import io.millrace.schemas.UnreadableEventException;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has asked to be forgotten. Every instance holds all erasures, read to their end before it
 * curates anything; one that comes later counts from when it is read, a moment after it was
 * written.
 */
final class Forgotten {

    static final String STORE = "erasures";

    private static final Logger log = LoggerFactory.getLogger(Forgotten.class);

    private final TimestampedKeyValueStore<String, byte[]> erasures;

    private Forgotten(TimestampedKeyValueStore<String, byte[]> erasures) {
        this.erasures = erasures;
    }

    static Forgotten in(ProcessorContext<?, ?> context) {
        return new Forgotten(context.getStateStore(STORE));
    }

    /** Adds what keeps the erasures to a topology. */
    static void addTo(Topology topology, String prefix) {
        Deserializer<String> keys = Serdes.String().deserializer();
        Deserializer<byte[]> values = Serdes.ByteArray().deserializer();
        topology.addGlobalStore(
                Stores.timestampedKeyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(STORE),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled(),
                "read-" + Topics.ERASURES.name(),
                RecordTime::of,
                keys,
                values,
                Topics.ERASURES.named(prefix),
                "erasures",
                Keeping::new);
    }

    boolean contains(PrincipalId principal) {
        @Nullable ValueAndTimestamp<byte[]> stored = erasures.get(principal.value());
        return stored != null && isErasureOf(principal.value(), stored.value());
    }

    /** Whether somebody forgotten says this. */
    boolean said(Event event) {
        return speaker(event).filter(this::contains).isPresent();
    }

    /**
     * The outcome, or what is left of it when it would publish what somebody forgotten has said.
     */
    Optional<Outcome> strike(Outcome outcome) {
        Optional<PrincipalId> speaker =
                switch (outcome) {
                    case Outcome.Proposed(var e) -> Optional.of(e.example().principal());
                    case Outcome.Reconsidered(var e) -> Optional.of(e.example().principal());
                    case Outcome.Trained(var e) -> Optional.of(e.example().principal());
                    case Outcome.HeldOut(var e) -> Optional.of(e.example().principal());
                    case Outcome.Quarantined(var e) -> Optional.of(e.example().principal());
                    case Outcome.Preferred(var e) -> Optional.of(e.principal());
                    case Outcome.Reviewed _,
                            Outcome.TooCloseToPair _,
                            Outcome.Dropped _,
                            Outcome.Parked _ ->
                            Optional.empty();
                };
        if (speaker.filter(this::contains).isEmpty()) {
            return Optional.of(outcome);
        }
        boolean settles = outcome.fate().isPresent() || outcome instanceof Outcome.Proposed;
        return settles ? Optional.of(new Outcome.Dropped(Fate.ERASED)) : Optional.empty();
    }

    private static Optional<PrincipalId> speaker(Event event) {
        return switch (event) {
            case Interaction e -> Optional.of(e.principal());
            case Feedback e -> Optional.of(e.principal());
            case Correction e -> Optional.of(e.principal());
            case Demonstration e -> Optional.of(e.principal());
            default -> Optional.empty();
        };
    }

    private static boolean isErasureOf(String principal, byte[] json) {
        try {
            return EventJson.read(json, Erasure.class).principal().value().equals(principal);
        } catch (UnreadableEventException e) {
            return false;
        }
    }

    /**
     * A restart copies the topic as it is, so nothing may be changed on the way. A global store has
     * no way to the dead letters: what is no erasure stays where it is, forgets nobody, and a
     * warning says so.
     */
    private static final class Keeping extends ContextualProcessor<String, byte[], Void, Void> {
        @Override
        public void process(Record<String, byte[]> record) {
            KeyValueStore<String, ValueAndTimestamp<byte[]>> store = context().getStateStore(STORE);
            if (record.key() != null) {
                store.put(record.key(), ValueAndTimestamp.make(record.value(), record.timestamp()));
            }
            boolean withdrawn = record.key() != null && record.value() == null;
            if (!withdrawn && !isErasure(record)) {
                warn(context().recordMetadata().orElseThrow());
            }
        }

        private static boolean isErasure(Record<String, byte[]> record) {
            return record.key() != null
                    && record.value() != null
                    && isErasureOf(record.key(), record.value());
        }

        private static void warn(RecordMetadata origin) {
            log.atWarn()
                    .setMessage("a record among the erasures is none: it forgets nobody")
                    .addKeyValue("topic", origin.topic())
                    .addKeyValue("partition", origin.partition())
                    .addKeyValue("offset", origin.offset())
                    .log();
        }
    }
}
