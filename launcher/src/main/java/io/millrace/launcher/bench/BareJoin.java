package io.millrace.launcher.bench;

import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Service;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Joined;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * What anybody would build first, to compare with: events that were seen are dropped, signals are
 * joined with the interaction they are about, and that is all. Exactly once, state in RocksDB, on
 * the same topics. It loses signals that come before their interaction.
 */
final class BareJoin implements Service {

    static final String NAME = "bare-join";

    /** The topic that it writes, without prefix. */
    static final String JOINED = "joined.v1";

    private static final String SEEN = "seen";
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final KafkaStreams streams;

    /** What is written for a signal. */
    private record Pair(Interaction interaction, Event signal) {}

    BareJoin(KafkaSettings kafka, int threads, Duration commitInterval, Path stateDirectory) {
        Properties properties = new Properties();
        properties.putAll(kafka.connection());
        properties.putAll(
                Map.of(
                        StreamsConfig.APPLICATION_ID_CONFIG,
                        kafka.topicPrefix() + "-" + NAME,
                        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                        StreamsConfig.EXACTLY_ONCE_V2,
                        StreamsConfig.NUM_STREAM_THREADS_CONFIG,
                        threads,
                        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                        commitInterval.toMillis(),
                        StreamsConfig.STATE_DIR_CONFIG,
                        stateDirectory.toString()));
        streams =
                new KafkaStreams(
                        topology(kafka.topicPrefix(), new StreamsConfig(properties)), properties);
    }

    private static Topology topology(String prefix, StreamsConfig config) {
        StreamsBuilder builder = new StreamsBuilder(new TopologyConfig(config));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(SEEN),
                                Serdes.String(),
                                Serdes.String())
                        .withCachingEnabled());
        KTable<String, byte[]> interactions =
                fresh(builder, prefix, Topics.INTERACTIONS, e -> e.interactionId().value())
                        .toTable(
                                Named.as("interactions"),
                                Materialized
                                        .<String, byte[],
                                                KeyValueStore<
                                                        org.apache.kafka.common.utils.Bytes,
                                                        byte[]>>
                                                as("interactions")
                                        .withKeySerde(Serdes.String())
                                        .withValueSerde(Serdes.ByteArray()));
        KStream<String, byte[]> rated =
                joined(
                        fresh(builder, prefix, Topics.FEEDBACK, Feedback::feedbackId),
                        interactions,
                        Topics.FEEDBACK);
        KStream<String, byte[]> corrected =
                joined(
                        fresh(
                                builder,
                                prefix,
                                Topics.CORRECTIONS,
                                e -> e.correctionId() + "/" + e.revision()),
                        interactions,
                        Topics.CORRECTIONS);
        rated.merge(corrected, Named.as("signals"))
                .merge(
                        fresh(
                                builder,
                                prefix,
                                Topics.DEMONSTRATIONS,
                                e -> e.demonstrationId().value()),
                        Named.as("all"))
                .to(
                        prefix + "." + JOINED,
                        Produced.with(Serdes.String(), Serdes.ByteArray()).withName("write"));
        return builder.build();
    }

    private static <E extends Event> KStream<String, byte[]> fresh(
            StreamsBuilder builder, String prefix, Topic<E> topic, Function<E, String> id) {
        return builder.stream(
                        topic.named(prefix), Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .processValues(
                        () -> new Unseen<>(topic, id), Named.as("unseen-" + topic.name()), SEEN);
    }

    private static <E extends Event> KStream<String, byte[]> joined(
            KStream<String, byte[]> signals, KTable<String, byte[]> interactions, Topic<E> topic) {
        return signals.join(
                interactions,
                (signal, interaction) ->
                        EventJson.write(
                                new Pair(
                                        EventJson.read(interaction, Interaction.class),
                                        EventJson.read(signal, topic.type()))),
                Joined.<String, byte[], byte[]>as("join-" + topic.name())
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.ByteArray()));
    }

    /** Lets an event through once. */
    private static final class Unseen<E extends Event>
            extends ContextualFixedKeyProcessor<String, byte[], byte[]> {

        private final Topic<E> topic;
        private final Function<E, String> id;
        private KeyValueStore<String, String> seen;

        @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
        Unseen(Topic<E> topic, Function<E, String> id) {
            this.topic = topic;
            this.id = id;
        }

        @Override
        public void init(FixedKeyProcessorContext<String, byte[]> context) {
            super.init(context);
            seen = context.getStateStore(SEEN);
        }

        @Override
        public void process(FixedKeyRecord<String, byte[]> record) {
            E event = EventJson.read(record.value(), topic.type());
            if (seen.putIfAbsent(id.apply(event), event.occurredAt().toString()) == null) {
                context().forward(record);
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public boolean live() {
        return streams.state().isRunningOrRebalancing();
    }

    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        streams.close(
                CloseOptions.timeout(CLOSE_PATIENCE)
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
}
