package io.millrace.ingest.curation;

import static io.millrace.ingest.curation.Events.demonstration;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.KafkaSettings;
import io.millrace.schemas.CloudEvents;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The topology with its time and its topics in a test's hands. */
abstract class CurationFixture {

    static final Duration TIME_TO_LIVE = Duration.ofDays(2);

    @TempDir private Path stateDirectory;
    final MeterRegistry registry = new SimpleMeterRegistry();
    GateSuites suites = GateSuites.NONE;
    Topology topology;
    TopologyTestDriver driver;

    @BeforeEach
    void start() {
        CurationConfig config =
                new CurationConfig(
                        new CurationRules(0.1, QualityRules.DEFAULT, new Split(0, ""), poisoning()),
                        TIME_TO_LIVE,
                        1,
                        Duration.ofMillis(100),
                        stateDirectory);
        Properties properties =
                CurationService.properties(new KafkaSettings("unused:9092", "millrace"), config);
        topology =
                new CurationTopology(
                                "millrace",
                                config,
                                () -> suites,
                                redaction(),
                                new OutcomeMeters(registry))
                        .build(new StreamsConfig(properties));
        driver = new TopologyTestDriver(topology, properties, Events.MORNING);
    }

    /** Overridden where a test has its own. */
    Redaction redaction() {
        return Redaction.DEFAULT;
    }

    /** Overridden where a test has its own. */
    PoisoningRules poisoning() {
        return PoisoningRules.DEFAULT;
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    <E extends Event> void send(Topic<E> topic, E event) {
        ProducerRecord<String, byte[]> record =
                CloudEvents.record("millrace", topic, event, "/test");
        input(record.topic()).pipeInput(new TestRecord<>(record));
    }

    void raw(String topic, @Nullable String key, @Nullable String value) {
        byte @Nullable [] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        input(topic).pipeInput(new TestRecord<>(key, bytes, Events.MORNING));
    }

    TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    static String demonstrationAt(Instant time) {
        String json =
                new String(
                        EventJson.write(demonstration("d-1", "Hi", "hello")),
                        StandardCharsets.UTF_8);
        return json.replace(Events.MORNING.toString(), time.toString());
    }

    List<TestRecord<String, byte[]>> records(String topic) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    <E extends Event> List<E> events(Topic<E> topic) {
        return records(topic.named("millrace")).stream()
                .map(record -> EventJson.read(record.value(), topic.type()))
                .toList();
    }

    <E extends Event> E only(Topic<E> topic) {
        List<E> events = events(topic);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Counts and fates in turn; every other fate must be zero. */
    void assertFates(Object... expected) {
        for (Fate fate : Fate.values()) {
            int at = List.of(expected).indexOf(fate);
            double count = at < 0 ? 0 : ((Integer) expected[at - 1]).doubleValue();
            assertThat(count(fate)).as(fate.label()).isEqualTo(count);
        }
    }

    double count(Fate fate) {
        return registry.get("millrace.curation.outcomes")
                .tag("outcome", fate.label())
                .counter()
                .count();
    }

    double pairs(String outcome) {
        Counter counter = registry.get("millrace.curation.pairs").tag("outcome", outcome).counter();
        return counter.count();
    }
}
