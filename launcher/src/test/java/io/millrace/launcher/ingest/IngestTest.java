package io.millrace.launcher.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.curation.CurationConfig;
import io.millrace.ingest.curation.CurationService;
import io.millrace.ingest.gateway.GatewayConfig;
import io.millrace.ingest.gateway.GatewayService;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Example;
import io.millrace.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gateway and curation on a real broker, from HTTP to the curated topics. */
final class IngestTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int CASES = 40;
    private static final List<String> NOUNS =
            List.of(
                    "tent",
                    "stove",
                    "kayak",
                    "lantern",
                    "rucksack",
                    "compass",
                    "hammock",
                    "thermos");
    private static final List<String> VERBS =
            List.of("broke", "vanished", "arrived", "leaks", "rattles");

    @TempDir private static Path data;
    private static EmbeddedBroker broker;
    private static KafkaSettings kafka;

    private final HttpClient client = HttpClient.newHttpClient();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(DataDirectory.open(data.resolve("broker")), 0);
        kafka = new KafkaSettings(broker.bootstrapServers(), "millrace");
        TopicAdmin.create(kafka);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void whatIsPostedIsCuratedOnceAcrossARestartThatLostItsLocalState() throws Exception {
        try (GatewayService gateway = new GatewayService(kafka, GatewayConfig.local(0), registry)) {
            gateway.start();
            try (CurationService curation = startCuration("first")) {
                post(gateway, "/v1/corrections", corrections());
                post(gateway, "/v1/interactions", interactions());
                await().atMost(PATIENCE).until(() -> curated().size() == CASES);
                assertThat(curation.live()).isTrue();
            }
            post(gateway, "/v1/corrections", corrections());
            post(gateway, "/v1/demonstrations", demonstrations());

            try (CurationService _ = startCuration("second")) {
                await().atMost(PATIENCE).until(() -> settled() == 4 * CASES);
            }
        }

        assertThat(curated()).hasSize(CASES);
        assertThat(curated()).extracting(Example::exampleId).doesNotHaveDuplicates();
        assertThat(EventLog.read(kafka, Topics.HOLDOUT)).isNotEmpty();
        assertThat(EventLog.read(kafka, Topics.PREFERENCES)).hasSize(CASES);
        assertThat(outcomes("duplicate")).isEqualTo(2 * CASES);
    }

    private CurationService startCuration(String state) {
        CurationService curation =
                new CurationService(
                        kafka,
                        CurationConfig.in(data.resolve(state)),
                        new SuiteWatch(data.resolve("suites"), Clock.systemUTC(), registry),
                        Redaction.DEFAULT,
                        registry);
        curation.start();
        await().atMost(PATIENCE).until(curation::ready);
        return curation;
    }

    private void post(GatewayService gateway, String path, String batch)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path))
                        .header("content-type", "application/x-ndjson")
                        .POST(BodyPublishers.ofString(batch))
                        .build();
        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
    }

    private static String interactions() {
        return lines(
                """
                {"interactionId": "i-%d", "model": "v1", "messages": [{"role": "user", "content": "%s"}], "answer": "no idea"}\
                """);
    }

    private static String corrections() {
        return lines(
                """
                {"correctionId": "c-%d", "interactionId": "i-%1$d", "revision": 1, "answer": "answer about: %s"}\
                """);
    }

    private static String demonstrations() {
        return lines(
                """
                {"demonstrationId": "d-%d", "messages": [{"role": "user", "content": "%s"}], "answer": "answer about: %2$s"}\
                """);
    }

    private static String lines(String template) {
        return IntStream.range(0, CASES)
                .mapToObj(i -> template.formatted(i, prompt(i)))
                .collect(Collectors.joining("\n"));
    }

    private static String prompt(int i) {
        return "My %s %s".formatted(NOUNS.get(i % NOUNS.size()), VERBS.get(i / NOUNS.size()));
    }

    private static List<Example> curated() {
        return Stream.concat(
                        EventLog.read(kafka, Topics.SFT).stream()
                                .map(logged -> logged.event().example()),
                        EventLog.read(kafka, Topics.HOLDOUT).stream()
                                .map(logged -> logged.event().example()))
                .toList();
    }

    private double outcomes(String outcome) {
        return registry.get("millrace.curation.outcomes").tag("outcome", outcome).counter().count();
    }

    private double settled() {
        return registry.get("millrace.curation.outcomes").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
