package io.millrace.launcher.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.curation.Corroboration;
import io.millrace.ingest.curation.CurationConfig;
import io.millrace.ingest.curation.CurationRules;
import io.millrace.ingest.curation.CurationService;
import io.millrace.ingest.curation.PoisoningRules;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The caps on a real broker: across instances that come, go and lose their disk. */
final class CapsTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CAP = 5;

    @TempDir private static Path data;
    private static EmbeddedBroker broker;

    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(DataDirectory.open(data.resolve("broker")), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void whatCountsAgainstACapSurvivesARestartThatLostItsDisk() {
        KafkaSettings kafka = kafka("restart");
        try (CurationService curation = curation(kafka, "first")) {
            await().atMost(PATIENCE).until(curation::ready);
            demonstrate(kafka, 0, CAP - 2);
            await().atMost(PATIENCE).until(() -> settled() == CAP - 2);
        }
        try (CurationService curation = curation(kafka, "second")) {
            await().atMost(PATIENCE).until(curation::ready);
            demonstrate(kafka, CAP - 2, 2 * CAP);
            await().atMost(PATIENCE).until(() -> settled() == 2 * CAP);
        }

        assertThat(curated(kafka)).isEqualTo(CAP);
        assertThat(quarantined(kafka)).hasSize(CAP).containsOnly("principal-cap");
    }

    @Test
    void twoInstancesHoldOneCapTogetherAndSoDoesTheOneThatIsLeft() {
        KafkaSettings kafka = kafka("pair");
        try (CurationService left = curation(kafka, "left")) {
            try (CurationService leaving = curation(kafka, "leaving")) {
                await().atMost(PATIENCE).until(() -> left.ready() && leaving.ready());
                demonstrate(kafka, 0, 4 * CAP);
                await().atMost(PATIENCE).until(() -> settled() == 4 * CAP);
                assertThat(curated(kafka)).isEqualTo(CAP);
            }
            demonstrate(kafka, 4 * CAP, 6 * CAP);
            await().atMost(PATIENCE).until(() -> settled() == 6 * CAP);
        }

        assertThat(curated(kafka)).isEqualTo(CAP);
        assertThat(quarantined(kafka)).hasSize(5 * CAP).containsOnly("principal-cap");
    }

    private static KafkaSettings kafka(String prefix) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), prefix);
        TopicAdmin.create(kafka);
        return kafka;
    }

    private CurationService curation(KafkaSettings kafka, String state) {
        CurationConfig config =
                CurationConfig.in(data.resolve(state))
                        .with(
                                CurationRules.DEFAULT.with(
                                        new PoisoningRules(
                                                CAP, 100, 1_000, Corroboration.NONE, Set.of())));
        CurationService curation =
                new CurationService(
                        kafka,
                        config,
                        new SuiteWatch(data.resolve("suites"), Clock.systemUTC(), registry),
                        Redaction.DEFAULT,
                        registry);
        curation.start();
        return curation;
    }

    /** Texts that have nothing in common, so that only their principal counts. */
    private static void demonstrate(KafkaSettings kafka, int from, int to) {
        try (EventProducer producer = new EventProducer(kafka, "gateway")) {
            for (int i = from; i < to; i++) {
                String words =
                        new Random(i)
                                .ints(12, 0, 1 << 30)
                                .mapToObj(Integer::toHexString)
                                .collect(Collectors.joining(" "));
                producer.send(
                                Topics.DEMONSTRATIONS,
                                new Demonstration(
                                        new DemonstrationId("d-" + i),
                                        new PrincipalId("mallory"),
                                        List.of(Message.user(words)),
                                        "escalate",
                                        List.of(),
                                        "test",
                                        Instant.parse("2026-01-05T08:00:00Z")))
                        .join();
            }
        }
    }

    private static int curated(KafkaSettings kafka) {
        return EventLog.read(kafka, Topics.SFT).size()
                + EventLog.read(kafka, Topics.HOLDOUT).size();
    }

    private static List<String> quarantined(KafkaSettings kafka) {
        return EventLog.read(kafka, Topics.QUARANTINE).stream()
                .map(logged -> logged.event())
                .map(QuarantinedExample::reason)
                .toList();
    }

    private double settled() {
        return registry.get("millrace.curation.outcomes").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
