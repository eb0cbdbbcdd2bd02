package io.millrace.launcher.deployer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.deployer.DeployerConfig;
import io.millrace.deployer.DeployerService;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.model.artefact.Digest;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Topics;
import io.millrace.schemas.Verdict;
import io.millrace.schemas.WindowId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The deployer on a real broker, serving a real model over HTTP. */
final class DeployerServiceTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir private static Path data;
    private static EmbeddedBroker broker;
    private static SmallModel model;
    private static Sha256 saysOne;
    private static Sha256 saysTwo;

    private KafkaSettings kafka;
    private EventProducer others;

    @BeforeAll
    static void startBrokerAndTeachAdapters() throws IOException {
        broker = EmbeddedBroker.start(DataDirectory.open(data.resolve("kafka")), 0);
        model = SmallModel.in(data);
        saysOne = model.taught("one");
        saysTwo = model.taught("two");
    }

    @AfterAll
    static void stopBroker() {
        HTTP.close();
        broker.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) {
        kafka =
                new KafkaSettings(
                        broker.bootstrapServers(), test.getTestMethod().orElseThrow().getName());
        TopicAdmin.create(kafka);
        others = new EventProducer(kafka, "others");
    }

    @AfterEach
    void closeProducer() {
        others.close();
    }

    @Test
    void passedVersionsGoLiveOneAfterTheOtherWhileTrafficFlows() {
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            AtomicBoolean asking = new AtomicBoolean(true);
            CompletableFuture<Void> traffic =
                    CompletableFuture.runAsync(() -> {
                        while (asking.get()) {
                            assertThat(ask(deployer).statusCode()).isEqualTo(200);
                        }
                    });
            judged("v1", saysOne, Outcome.PASS, null);
            awaitDeployments(1);
            assertThat(answer(deployer)).isEqualTo("one");
            judged("v2", saysTwo, Outcome.PASS, "v1");
            awaitDeployments(3);
            assertThat(answer(deployer)).isEqualTo("two");
            asking.set(false);
            traffic.join();
        }

        assertThat(deployments())
                .extracting(d -> d.deploymentId().value())
                .containsExactly("d-v1-live", "d-v1-retired", "d-v2-live");
    }

    @Test
    void theLiveVersionIsBackAfterARestartAndSoIsAVerdictThatNobodyActedOn() {
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            judged("v1", saysOne, Outcome.PASS, null);
            awaitDeployments(1);
        }
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            assertThat(answer(deployer)).isEqualTo("one");
            assertThat(deployments()).hasSize(1);
        }
        judged("v2", saysTwo, Outcome.PASS, "v1");
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            assertThat(answer(deployer)).isEqualTo("two");
        }
    }

    @Test
    void aFailedVersionLeavesTheBaseInPlaceAndEverybodyCanSeeWhy() {
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            judged("v1", saysOne, Outcome.FAIL, null);
            awaitDeployments(1);

            assertThat(json(ask(deployer)).at("/model").stringValue()).isEqualTo("base");
        }

        Deployment refused = deployments().getFirst();
        assertThat(refused.state()).isEqualTo(DeploymentState.REFUSED);
        assertThat(refused.reason()).contains("fail");
    }

    @Test
    void aLiveAdapterThatWasAlteredIsNotServedAgain() throws IOException {
        Sha256 altered = model.untaught();
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            judged("v1", altered, Outcome.PASS, null);
            awaitDeployments(1);
        }
        Path folder = model.artefacts().location(new Digest(altered.hex()));
        Files.writeString(folder.resolve("adapter_config.json"), "{}");

        try (DeployerService deployer = start()) {
            await().atMost(PATIENCE).until(() -> !deployer.live());

            assertThat(deployer.ready()).isFalse();
            assertThat(ask(deployer).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void anAnswerBecomesAnInteraction() {
        String id;
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            id = json(ask(deployer)).at("/id").stringValue();
        }

        assertThat(EventLog.read(kafka, Topics.INTERACTIONS))
                .extracting(Logged::event)
                .singleElement()
                .satisfies((Interaction interaction) -> {
                    assertThat("chatcmpl-" + interaction.interactionId()).isEqualTo(id);
                    assertThat(interaction.model()).isEqualTo("base");
                    assertThat(interaction.messages().getFirst().content())
                            .isEqualTo(SmallModel.PROMPT);
                });
    }

    @Test
    void personalDataInAQuestionDoesNotReachTheTopic() {
        try (DeployerService deployer = start()) {
            awaitReady(deployer);
            ask(deployer, SmallModel.PROMPT + " jo@mail.example");
        }

        assertThat(EventLog.read(kafka, Topics.INTERACTIONS))
                .extracting(logged -> logged.event().messages().getFirst().content())
                .containsExactly(SmallModel.PROMPT + " <EMAIL_1>");
    }

    @Test
    void aDeployerThatWasReplacedDeploysNothingMore() {
        try (DeployerService zombie = start()) {
            awaitReady(zombie);
            try (DeployerService successor = start()) {
                awaitReady(successor);
                judged("v1", saysOne, Outcome.PASS, null);
                awaitDeployments(1);
                await().atMost(PATIENCE).until(() -> !zombie.live());

                assertThat(successor.live()).isTrue();
            }
        }

        assertThat(deployments()).hasSize(1);
    }

    private DeployerService start() {
        DeployerService deployer =
                new DeployerService(
                        new DeployerConfig(
                                model.directory(), data.resolve("artefacts"), "127.0.0.1", 0, 16),
                        kafka,
                        Redaction.DEFAULT::of,
                        new SimpleMeterRegistry());
        deployer.start();
        return deployer;
    }

    private static void awaitReady(DeployerService deployer) {
        await().atMost(PATIENCE).until(deployer::ready);
    }

    private void awaitDeployments(int count) {
        await().atMost(PATIENCE).until(() -> deployments().size() == count);
    }

    private List<Deployment> deployments() {
        return EventLog.read(kafka, Topics.DEPLOYMENTS).stream().map(Logged::event).toList();
    }

    private void judged(
            String version, Sha256 adapter, Outcome outcome, @Nullable String champion) {
        ModelVersion name = new ModelVersion(version);
        others.send(Topics.CANDIDATES, candidate(name, adapter)).join();
        others.send(
                        Topics.VERDICTS,
                        new Verdict(
                                name,
                                adapter,
                                champion == null ? null : new ModelVersion(champion),
                                outcome,
                                "for the test",
                                List.of(),
                                digest("policy"),
                                digest("suite"),
                                List.of(),
                                7,
                                null,
                                NOW))
                .join();
    }

    private static Candidate candidate(ModelVersion version, Sha256 adapter) {
        WindowId window = new WindowId("window-of-" + version);
        return new Candidate(
                version,
                window,
                "base",
                model.digest(),
                adapter,
                "sha256/" + adapter,
                null,
                List.of(window),
                digest("dataset"),
                digest("config"),
                7,
                0.5,
                List.of(),
                NOW);
    }

    private static Sha256 digest(String of) {
        return Sha256.of(of.getBytes(StandardCharsets.UTF_8));
    }

    private static String answer(DeployerService deployer) {
        return json(ask(deployer)).at("/choices/0/message/content").stringValue();
    }

    private static HttpResponse<String> ask(DeployerService deployer) {
        return ask(deployer, SmallModel.PROMPT);
    }

    private static HttpResponse<String> ask(DeployerService deployer, String prompt) {
        String body =
                """
                {"model": "millrace", "messages": [{"role": "user", "content": "%s"}]}\
                """
                        .formatted(prompt);
        URI uri = URI.create("http://localhost:%d/v1/chat/completions".formatted(deployer.port()));
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
                    BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        return EventJson.MAPPER.readTree(response.body());
    }
}
