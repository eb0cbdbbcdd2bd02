package io.millrace.launcher.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.curation.CurationConfig;
import io.millrace.ingest.curation.CurationService;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.DeadLetters;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that nobody can use, on a real broker: each ends in its topic's dead letters, and what
 * comes behind them on the same partition is curated.
 */
final class PoisonPillsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITION = 2;
    private static final String INTERACTION =
            """
            {"interactionId": "%s", "principal": "ann", "model": "m", "messages": [{"role": "user", "content": "%s"}],\
             "answer": "no idea", "tags": [], "latencyMillis": 1, "occurredAt": "2026-01-05T08:00:00Z"}\
            """;
    private static final String FEEDBACK =
            """
            {"feedbackId": "f", "interactionId": "%s", "principal": "ann", "kind": "thumb", "value": 1, "comment": "c",\
             "occurredAt": "2026-01-05T08:00:00Z"}\
            """;
    private static final String CORRECTION =
            """
            {"correctionId": "c", "interactionId": "%s", "principal": "ann", "revision": 1, "answer": "look at the order",\
             "comment": "c", "occurredAt": "2026-01-05T08:00:00Z"}\
            """;
    private static final String DEMONSTRATION =
            """
            {"demonstrationId": "%s", "principal": "ann", "messages": [{"role": "user", "content": "Where is it?"}],\
             "answer": "look", "tags": [], "source": "test", "occurredAt": "2026-01-05T08:00:00Z"}\
            """;
    @TempDir private static Path data;
    private static EmbeddedBroker broker;
    private static KafkaSettings kafka;
    private static CurationService curation;
    private static KafkaProducer<byte[], byte[]> anyClient;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(DataDirectory.open(data.resolve("broker")), 0);
        kafka = new KafkaSettings(broker.bootstrapServers(), "millrace");
        TopicAdmin.create(kafka);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        curation =
                new CurationService(
                        kafka,
                        CurationConfig.in(data.resolve("streams")),
                        new SuiteWatch(data.resolve("suites"), Clock.systemUTC(), registry),
                        Redaction.DEFAULT,
                        registry);
        curation.start();
        Map<String, Object> config = new HashMap<>(kafka.connection());
        config.put("max.request.size", 2_000_000);
        anyClient =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        await().atMost(PATIENCE).until(curation::ready);
    }

    @AfterEach
    void itLives() {
        assertThat(curation.live()).isTrue();
    }

    @AfterAll
    static void stop() {
        anyClient.close();
        curation.close();
        broker.close();
    }

    @Test
    void amongInteractions() throws Exception {
        swallow(Topics.INTERACTIONS, "pill-i", INTERACTION.formatted("pill-i", "Where is it?"));

        sendOdd(
                Topics.INTERACTIONS,
                "good-i",
                INTERACTION.formatted("good-i", "Is the tent here?"));
        send(Topics.CORRECTIONS, "good-i", CORRECTION.formatted("good-i"));

        await().atMost(PATIENCE).until(() -> isCurated("good-i"));
    }

    @Test
    void amongFeedback() throws Exception {
        swallow(Topics.FEEDBACK, "pill-f", FEEDBACK.formatted("pill-f"));

        send(Topics.INTERACTIONS, "good-f", INTERACTION.formatted("good-f", "May I return it?"));
        sendOdd(Topics.FEEDBACK, "good-f", FEEDBACK.formatted("good-f"));

        await().atMost(PATIENCE)
                .until(() ->
                        EventLog.read(kafka, Topics.PREFERENCES).stream()
                                .anyMatch(p -> p.event().interactionId().value().equals("good-f")));
    }

    @Test
    void amongCorrections() throws Exception {
        swallow(Topics.CORRECTIONS, "pill-c", CORRECTION.formatted("pill-c"));

        send(Topics.INTERACTIONS, "good-c", INTERACTION.formatted("good-c", "Who packs kayaks?"));
        sendOdd(Topics.CORRECTIONS, "good-c", CORRECTION.formatted("good-c"));

        await().atMost(PATIENCE).until(() -> isCurated("good-c"));
    }

    @Test
    void amongDemonstrations() throws Exception {
        swallow(Topics.DEMONSTRATIONS, "pill-d", DEMONSTRATION.formatted("pill-d"));

        sendOdd(Topics.DEMONSTRATIONS, "good-d", DEMONSTRATION.formatted("good-d"));

        await().atMost(PATIENCE).until(() -> isCurated("good-d"));
    }

    @Test
    void amongReviews() throws Exception {
        String review =
                """
                {"exampleId": "pill-r", "revision": 0, "reason": "too-long", "decision": "drop", "reviewer": "rosa",\
                 "occurredAt": "2026-01-05T08:00:00Z"}\
                """;
        swallow(Topics.REVIEWS, "pill-r", review);
    }

    /** Who is forgotten is kept in a global store, which has no way to the dead letters. */
    @Test
    void amongErasures() {
        String erasure =
                """
                {"principal": "%s", "occurredAt": "2026-01-05T08:00:00Z"}\
                """;
        for (Pill pill : Pill.of(Topics.ERASURES, "pill-e", erasure.formatted("pill-e"))) {
            var _ = anyClient.send(pill.at(Topics.ERASURES.named("millrace"), 0));
        }
        send(Topics.ERASURES, 0, "zoe", erasure.formatted("zoe"));

        await().atMost(PATIENCE)
                .until(() -> {
                    String id = "e-" + System.nanoTime();
                    String said =
                            DEMONSTRATION
                                    .formatted(id)
                                    .replace("Where is it?", "Where is " + id)
                                    .replace("look", "look for " + id);
                    send(Topics.DEMONSTRATIONS, id, said.replace("ann", "zoe"));
                    send(Topics.DEMONSTRATIONS, id + "-b", said.replace(id, id + "-b"));
                    await().atMost(PATIENCE).until(() -> isCurated(id + "-b"));
                    return !isCurated(id);
                });
    }

    private static void swallow(Topic<?> topic, String key, String good) throws Exception {
        Map<String, Pill> byOffset = new LinkedHashMap<>();
        String last = "";
        for (Pill pill : Pill.of(topic, key, good)) {
            RecordMetadata written =
                    anyClient
                            .send(pill.at(topic.named("millrace"), PARTITION % topic.partitions()))
                            .get();
            last = Long.toString(written.offset());
            byOffset.put(last, pill);
        }
        String lastOffset = last;
        await().atMost(PATIENCE)
                .until(() ->
                        letters(topic).stream()
                                .anyMatch(l -> text(l, DeadLetters.OFFSET).equals(lastOffset)));

        SoftAssertions softly = new SoftAssertions();
        for (ConsumerRecord<byte[], byte[]> letter : letters(topic)) {
            Pill pill = byOffset.remove(text(letter, DeadLetters.OFFSET));
            if (pill == null) {
                softly.fail("a letter of no pill, or a second one: " + letter);
            } else {
                check(softly, letter, pill, topic);
            }
        }
        softly.assertThat(byOffset.values()).extracting(Pill::what).as("no letter").isEmpty();
        softly.assertAll();
    }

    private static void check(
            SoftAssertions softly,
            ConsumerRecord<byte[], byte[]> letter,
            Pill pill,
            Topic<?> topic) {
        Map<String, String> said = new HashMap<>();
        letter.headers().forEach(header -> said.put(header.key(), text(letter, header.key())));
        softly.assertThat(said)
                .as(pill.what())
                .containsEntry(DeadLetters.TOPIC, topic.named("millrace"))
                .containsEntry(
                        DeadLetters.PARTITION, Integer.toString(PARTITION % topic.partitions()))
                .containsEntry(DeadLetters.READER, "curation")
                .containsEntry("millrace.fate", "unreadable");
        softly.assertThat(text(letter, DeadLetters.MESSAGE).replaceFirst("^[A-Z]\\w+: ", ""))
                .as(pill.what())
                .startsWith(pill.reason())
                .hasSizeBetween(9, 200);
        if (pill.value() == null) {
            softly.assertThat(letter.value()).as(pill.what()).isNull();
        } else {
            softly.assertThat(letter.value().length)
                    .as(pill.what())
                    .isEqualTo(Math.min(pill.value().get().length, EventProducer.MAX_EVENT_BYTES));
            softly.assertThat(
                            Arrays.mismatch(letter.value(), pill.value().get())
                                            == letter.value().length
                                    || Arrays.equals(letter.value(), pill.value().get()))
                    .as(pill.what())
                    .isTrue();
        }
    }

    /** Odd and nothing to object to: unknown fields, two envelopes, headers without sense. */
    private static void sendOdd(Topic<?> topic, String key, String json) {
        String unknown =
                "{\"text\": \"%s\", \"number\": %s, "
                        .formatted("x".repeat(800_000), "7".repeat(900));
        String odd = json.replaceFirst("\\{", unknown);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic.named("millrace"),
                        PARTITION,
                        key.getBytes(UTF_8),
                        odd.getBytes(UTF_8));
        record.headers().add("ce_type", topic.eventType().getBytes(UTF_8));
        record.headers().add("ce_type", topic.eventType().getBytes(UTF_8));
        record.headers().add("large", new byte[100_000]);
        record.headers().add("ce_source", null);
        record.headers().add("millrace.review.decision", "maybe".getBytes(UTF_8));
        var _ = anyClient.send(record);
    }

    private static void send(Topic<?> topic, String key, String json) {
        send(topic, PARTITION, key, json);
    }

    private static void send(Topic<?> topic, int partition, String key, String json) {
        var _ =
                anyClient.send(
                        new ProducerRecord<>(
                                topic.named("millrace"),
                                partition,
                                key.getBytes(UTF_8),
                                json.getBytes(UTF_8)));
    }

    private static boolean isCurated(String source) {
        return Stream.concat(
                        EventLog.read(kafka, Topics.SFT).stream().map(e -> e.event().example()),
                        EventLog.read(kafka, Topics.HOLDOUT).stream().map(e -> e.event().example()))
                .anyMatch(example -> example.sourceId().equals(source));
    }

    private static List<ConsumerRecord<byte[], byte[]>> letters(Topic<?> topic) {
        Map<String, Object> config = new HashMap<>(kafka.connection());
        config.put("isolation.level", "read_committed");
        TopicPartition letters = new TopicPartition(topic.deadLetters("millrace"), 0);
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            long end = consumer.endOffsets(List.of(letters)).getOrDefault(letters, 0L);
            while (consumer.position(letters) < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }

    private static String text(ConsumerRecord<?, ?> letter, String name) {
        @Nullable Header header = letter.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
    }
}
