package io.millrace.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.curation.CurationConfig;
import io.millrace.ingest.curation.CurationService;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.Example;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Near-duplicates on a real broker: other topics, other partitions, other instances. */
final class NearDuplicatesAcrossInstancesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final int TEXTS = 200;

    private final MeterRegistry first = new SimpleMeterRegistry();
    private final MeterRegistry second = new SimpleMeterRegistry();
    private final List<PlantedPair> pairs =
            PlantedPair.among(
                    PlantedPair.texts(new Prose(new Random(1)), TEXTS), TEXTS, new Random(2));

    @TempDir private Path directory;

    @Test
    void copiesThatComeThroughOtherPartitionsAndInstancesJoinTheirOriginalsClusters() {
        try (EmbeddedBroker broker =
                EmbeddedBroker.start(DataDirectory.open(directory.resolve("broker")), 0)) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "millrace");
            TopicAdmin.create(kafka);
            try (CurationService one = curation(kafka, "one", first);
                    CurationService other = curation(kafka, "other", second)) {
                await().atMost(PATIENCE).until(() -> one.ready() && other.ready());
                send(kafka);
                await().atMost(PATIENCE).until(() -> settled() == 3 * pairs.size());
            }

            Map<String, String> clusters =
                    examples(kafka).collect(Collectors.toMap(Example::sourceId, this::cluster));
            long together =
                    IntStream.range(0, pairs.size())
                            .filter(i -> clusters.containsKey("copy-" + i))
                            .filter(i ->
                                    Objects.equals(
                                            clusters.get("copy-" + i), clusters.get("d-" + i)))
                            .count();
            assertThat(together).isGreaterThanOrEqualTo((long) Math.ceil(0.95 * pairs.size()));
            assertThat(clusters.values().stream().distinct().count())
                    .isGreaterThanOrEqualTo((long) Math.floor(0.999 * pairs.size()));
            assertThat(context(first)).isPositive();
            assertThat(context(second)).isPositive();
        }
    }

    private CurationService curation(KafkaSettings kafka, String name, MeterRegistry registry) {
        CurationService service =
                new CurationService(
                        kafka,
                        CurationConfig.in(directory.resolve(name)),
                        new SuiteWatch(directory.resolve("suites"), Clock.systemUTC(), registry),
                        Redaction.DEFAULT,
                        registry);
        service.start();
        return service;
    }

    private void send(KafkaSettings kafka) {
        try (EventProducer producer = new EventProducer(kafka, "test")) {
            for (int i = 0; i < pairs.size(); i++) {
                var _ = producer.send(Topics.DEMONSTRATIONS, demonstration(i));
                var _ = producer.send(Topics.INTERACTIONS, interaction(i));
                var _ = producer.send(Topics.CORRECTIONS, correction(i));
            }
            producer.flush();
        }
    }

    private Demonstration demonstration(int i) {
        return new Demonstration(
                new DemonstrationId("d-" + i),
                new PrincipalId("author-" + i),
                List.of(Message.user(pairs.get(i).original())),
                "the first answer to question " + i,
                List.of(),
                "test",
                NOW);
    }

    private Interaction interaction(int i) {
        return new Interaction(
                new InteractionId("copy-" + i),
                new PrincipalId("customer-" + i),
                null,
                "v1",
                List.of(Message.user(pairs.get(i).copy())),
                "I do not know that.",
                List.of(),
                1,
                NOW);
    }

    private Correction correction(int i) {
        return new Correction(
                "c-" + i,
                new InteractionId("copy-" + i),
                new PrincipalId("reviewer-" + i),
                1,
                "another answer, to question " + i,
                null,
                NOW);
    }

    private static Stream<Example> examples(KafkaSettings kafka) {
        Stream<Example> trained =
                EventLog.read(kafka, Topics.SFT).stream().map(logged -> logged.event().example());
        Stream<Example> heldOut =
                EventLog.read(kafka, Topics.HOLDOUT).stream()
                        .map(logged -> logged.event().example());
        return Stream.concat(trained, heldOut);
    }

    private String cluster(Example example) {
        return String.valueOf(example.cluster());
    }

    private double settled() {
        return Stream.of(first, second)
                .flatMap(r -> r.get("millrace.curation.outcomes").counters().stream())
                .mapToDouble(Counter::count)
                .sum();
    }

    private static double context(MeterRegistry registry) {
        return registry.get("millrace.curation.outcomes")
                .tag("outcome", "context")
                .counter()
                .count();
    }
}
