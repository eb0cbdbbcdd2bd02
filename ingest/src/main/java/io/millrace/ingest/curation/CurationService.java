package io.millrace.ingest.curation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Service;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the {@link CurationTopology} with Kafka Streams, exactly once: what it reads, stores and
 * writes moves together.
 */
public final class CurationService implements Service {

    static final String NAME = "curation";

    private static final Logger log = LoggerFactory.getLogger(CurationService.class);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    /** How long the partitions of an instance that died stand still. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    /** Room for what a commit interval brings: Kafka's 16 KiB would hold a dozen events. */
    private static final int BATCH_BYTES = 256 * 1024;

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics streamsMetrics;

    /**
     * @param suites what the gate asks and nobody may train on
     * @param redaction the gateway's, for those who write to Kafka directly
     */
    public CurationService(
            KafkaSettings settings,
            CurationConfig config,
            SuiteWatch suites,
            Redaction redaction,
            MeterRegistry registry) {
        Properties properties = properties(settings, config);
        CurationTopology topology =
                new CurationTopology(
                        settings.topicPrefix(),
                        config,
                        suites::current,
                        redaction,
                        new OutcomeMeters(registry));
        streams = new KafkaStreams(topology.build(new StreamsConfig(properties)), properties);
        streams.setUncaughtExceptionHandler(CurationService::stop);
        streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(registry);
    }

    static Properties properties(KafkaSettings settings, CurationConfig config) {
        Properties properties = new Properties();
        properties.putAll(settings.connection());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId(settings));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, config.commitInterval().toMillis());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDirectory().toString());
        properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, (int) SESSION_TIMEOUT.toMillis());
        properties.put(
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                (int) SESSION_TIMEOUT.dividedBy(3).toMillis());
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, FiltersEverywhere.class);
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), BATCH_BYTES);
        properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return properties;
    }

    /** Its consumer group, and the prefix of its internal topics. */
    static String applicationId(KafkaSettings settings) {
        return settings.topicPrefix() + "-" + NAME;
    }

    private static StreamThreadExceptionResponse stop(Throwable cause) {
        log.error("curation stops: it met what it cannot handle", cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
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
        KafkaStreams.State state = streams.state();
        return state.isRunningOrRebalancing();
    }

    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public void close() {
        streamsMetrics.close();
        streams.close(
                CloseOptions.timeout(CLOSE_PATIENCE)
                        .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
    }
}
