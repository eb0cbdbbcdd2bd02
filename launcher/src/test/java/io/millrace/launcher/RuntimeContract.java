package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventLoop;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.TriggerKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the runtime promises on a real Kafka, whichever that is. Each test has topics of its own.
 */
abstract class RuntimeContract {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In bytes: a record with so much takes what a producer sends at most, and nothing else. */
    private static final int LARGEST = 1_048_450;

    private KafkaSettings kafka;

    abstract String bootstrapServers();

    @BeforeEach
    void topics() {
        kafka = new KafkaSettings(bootstrapServers(), "t" + UUID.randomUUID());
        TopicAdmin.create(kafka);
    }

    private static TrainingRequest request(String id) {
        return new TrainingRequest(
                new TriggerId(id), TriggerKind.MANUAL, "asked for", 1, Instant.EPOCH);
    }

    private void write(String... ids) {
        try (EventProducer producer = new EventProducer(kafka, "test")) {
            for (String id : ids) {
                producer.send(Topics.REQUESTS, request(id)).join();
            }
        }
    }

    private List<String> ids(List<Logged<TrainingRequest>> events) {
        return events.stream().map(logged -> logged.event().triggerId().value()).toList();
    }

    @Test
    void creatingTopicsTwiceIsCreatingThemOnce() {
        TopicAdmin.create(kafka);

        assertThat(EventLog.endOffsets(kafka, Topics.INTERACTIONS)).hasSize(6);
    }

    @Test
    void aTopicWithOtherPartitionsThanTheCatalogueIsRefused() throws Exception {
        String topic = kafka.nameOf(Topics.SFT);
        try (Admin admin = kafka.admin("test")) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(5))).all().get();
        }

        assertThatThrownBy(() -> TopicAdmin.create(kafka))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("topic %s has 5 partitions and must have 3", topic);
    }

    @Test
    void aTransactionIsSeenWholeOrNotAtAll() {
        write("before");
        try (EventProducer producer =
                EventProducer.transactional(kafka, "test", kafka.topicPrefix())) {
            assertThatThrownBy(() ->
                            producer.transaction(transaction -> {
                                transaction.send(Topics.REQUESTS, request("lost")).join();
                                throw new IllegalStateException("half-way");
                            }))
                    .hasMessageContaining("half-way");
            producer.transaction(transaction -> {
                var _ = transaction.send(Topics.REQUESTS, request("kept"));
            });
        }

        assertThat(ids(EventLog.read(kafka, Topics.REQUESTS))).containsExactly("before", "kept");
    }

    @Test
    void anEventTooLargeForARecordAbortsItsTransactionAndTheNextOneCommits() {
        try (EventProducer producer =
                EventProducer.transactional(kafka, "test", kafka.topicPrefix())) {
            TrainingRequest large =
                    new TrainingRequest(
                            new TriggerId("large"),
                            TriggerKind.MANUAL,
                            "x".repeat(1_100_000),
                            1,
                            Instant.EPOCH);
            assertThatThrownBy(() ->
                            producer.transaction(transaction -> {
                                var _ = transaction.send(Topics.REQUESTS, request("beside"));
                                var _ = transaction.send(Topics.REQUESTS, large);
                            }))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("larger than the 1,000,000 bytes");
            producer.transaction(transaction -> {
                var _ = transaction.send(Topics.REQUESTS, request("after"));
            });
        }

        assertThat(ids(EventLog.read(kafka, Topics.REQUESTS))).containsExactly("after");
    }

    @Test
    void aSecondProducerWithTheSameIdFencesTheFirst() {
        try (EventProducer zombie =
                        EventProducer.transactional(kafka, "test", kafka.topicPrefix());
                EventProducer heir =
                        EventProducer.transactional(kafka, "test", kafka.topicPrefix())) {
            heir.transaction(transaction -> {
                var _ = transaction.send(Topics.REQUESTS, request("heir"));
            });

            assertThatThrownBy(() ->
                            zombie.transaction(transaction -> {
                                var _ = transaction.send(Topics.REQUESTS, request("zombie"));
                            }))
                    .isInstanceOf(MillraceException.class)
                    .hasMessageContaining("another process of the same name has taken over");
        }
        assertThat(ids(EventLog.read(kafka, Topics.REQUESTS))).containsExactly("heir");
    }

    @Test
    void rangesHoldExactlyWhatTheySay() {
        write("a", "b", "c", "d");
        String topic = kafka.nameOf(Topics.REQUESTS);

        assertThat(
                        ids(
                                EventLog.readRanges(
                                        kafka,
                                        Topics.REQUESTS,
                                        List.of(new OffsetRange(topic, 0, 1, 3)))))
                .containsExactly("b", "c");
        assertThatThrownBy(() ->
                        EventLog.readRanges(
                                kafka, Topics.REQUESTS, List.of(new OffsetRange(topic, 0, 1, 9))))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("ends at offset 4, before 9");
    }

    @Test
    void aLoopReplaysWhatWasThereAndThenFollows() throws Exception {
        write("old");
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (EventLoop<TrainingRequest> loop =
                new EventLoop<>(
                        kafka,
                        Topics.REQUESTS,
                        "test",
                        e -> seen.add(e.event().triggerId().value()))) {
            loop.start();
            loop.awaitCaughtUp(PATIENCE);
            assertThat(seen).containsExactly("old");

            write("new");
            await().atMost(PATIENCE).until(() -> seen.contains("new"));
            assertThat(loop.live()).isTrue();
        }
        assertThat(seen).containsExactly("old", "new");
    }

    @Test
    void aLoopStartsAtTheOffsetsItIsGiven() throws Exception {
        write("a", "b", "c");
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (EventLoop<TrainingRequest> loop =
                new EventLoop<>(
                        kafka,
                        Topics.REQUESTS,
                        "test",
                        Map.of(0, 2L),
                        e -> seen.add(e.event().triggerId().value()))) {
            loop.start();
            loop.awaitCaughtUp(PATIENCE);
        }
        assertThat(seen).containsExactly("c");
    }

    @Test
    void aHandlerThatThrowsStopsItsLoopAndTheLoopIsNoLongerLive() {
        write("a", "b");
        Queue<String> seen = new ConcurrentLinkedQueue<>();
        try (EventLoop<TrainingRequest> loop =
                new EventLoop<>(
                        kafka,
                        Topics.REQUESTS,
                        "test",
                        e -> {
                            seen.add(e.event().triggerId().value());
                            throw new IllegalStateException("cannot");
                        })) {
            loop.start();
            assertThatThrownBy(() -> loop.awaitCaughtUp(PATIENCE))
                    .isInstanceOf(MillraceException.class);
            assertThat(loop.live()).isFalse();
            assertThat(loop.caughtUp()).isFalse();
        }
        assertThat(seen).containsExactly("a");
    }

    @Test
    void whatALoopCannotReadGoesToTheDeadLettersOnceHoweverOftenItIsReplayed() throws Exception {
        writeRaw("not json");
        writeRaw("x".repeat(LARGEST));
        write("good");
        for (int run = 0; run < 2; run++) {
            Queue<String> seen = new ConcurrentLinkedQueue<>();
            try (EventLoop<TrainingRequest> loop =
                    new EventLoop<>(
                            kafka,
                            Topics.REQUESTS,
                            "test",
                            e -> seen.add(e.event().triggerId().value()))) {
                loop.start();
                loop.awaitCaughtUp(PATIENCE);
            }
            assertThat(seen).containsExactly("good");
        }

        String deadLetters = Topics.REQUESTS.deadLetters(kafka.topicPrefix());
        assertThat(end(deadLetters)).isEqualTo(2);
        assertThat(ids(EventLog.read(kafka, Topics.REQUESTS))).containsExactly("good");
    }

    private void writeRaw(String value) throws Exception {
        try (var producer = kafka.producer("test")) {
            producer.send(
                            new ProducerRecord<>(
                                    kafka.nameOf(Topics.REQUESTS),
                                    "k",
                                    value.getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private long end(String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Consumer<String, byte[]> consumer = kafka.consumer("test")) {
            consumer.assign(List.of(partition));
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
        }
    }
}
