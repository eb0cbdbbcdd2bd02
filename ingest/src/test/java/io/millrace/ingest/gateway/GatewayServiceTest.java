package io.millrace.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TriggerKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GatewayServiceTest {

    private static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    private static final String FEEDBACK =
            "{\"interactionId\": \"i-1\", \"kind\": \"thumb\", \"value\": 1}";

    private record Sent(Topic<?> topic, Event event) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private CompletableFuture<Void> acknowledged = CompletableFuture.completedFuture(null);
    private GatewayService gateway;

    @BeforeAll
    void start() {
        GatewayConfig config =
                new GatewayConfig("127.0.0.1", 0, Duration.ofMillis(300), GatewaySettings.STANDARD);
        gateway =
                new GatewayService(
                        config, new Kafka(), () -> {}, registry, Clock.fixed(NOW, ZoneOffset.UTC));
        gateway.start();
    }

    @BeforeEach
    void forget() {
        sent.clear();
        registry.clear();
        acknowledged = CompletableFuture.completedFuture(null);
    }

    @AfterAll
    void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void anEventIsAcceptedOnceKafkaHasItWithDefaultsForWhatWasLeftOut() throws Exception {
        HttpResponse<String> response = post("/v1/feedback", FEEDBACK);

        Feedback feedback = (Feedback) sent.getFirst().event();
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("id").asString()).isEqualTo(feedback.feedbackId());
        assertThat(sent.getFirst().topic()).isEqualTo(Topics.FEEDBACK);
        assertThat(feedback.occurredAt()).isEqualTo(NOW);
        assertThat(feedback.principal().value()).isEqualTo("anonymous");
        assertThat(counted(Topics.FEEDBACK, "202")).isEqualTo(1);
    }

    @Test
    void whatTheCallerSaysStandsAndTheHeaderNamesThePrincipalWhenTheBodyDoesNot() throws Exception {
        String named =
                "{\"correctionId\": \"c-1\", \"interactionId\": \"i-1\", \"answer\": \"a\", \"revision\": 3, \"principal\": \"ann\"}";
        post("/v1/corrections", named, "x-millrace-principal", "ben");
        post("/v1/corrections", named.replace("\"ann\"", "null"), "x-millrace-principal", "ben");

        assertThat(sent)
                .extracting(s -> (Correction) s.event())
                .extracting(
                        Correction::correctionId, Correction::revision, c -> c.principal().value())
                .containsExactly(tuple("c-1", 3, "ann"), tuple("c-1", 3, "ben"));
    }

    @Test
    void everyKindOfEventHasItsEndpoint() throws Exception {
        String messages = "\"messages\": [{\"role\": \"user\", \"content\": \"Hi, a@b.example\"}]";
        assertThat(
                        status(
                                "/v1/interactions",
                                "{\"model\": \"m\", \"answer\": \"ok\", " + messages + "}"))
                .isEqualTo(202);
        assertThat(status("/v1/demonstrations", "{\"answer\": \"hello\", " + messages + "}"))
                .isEqualTo(202);
        assertThat(status("/v1/corrections", "{\"interactionId\": \"i\", \"answer\": \"hello\"}"))
                .isEqualTo(202);
        assertThat(status("/v1/erasures", "{\"principal\": \"ann\"}")).isEqualTo(202);
        assertThat(status("/v1/triggers", "{}")).isEqualTo(202);

        assertThat(sent)
                .extracting(Sent::topic)
                .containsExactly(
                        Topics.INTERACTIONS,
                        Topics.DEMONSTRATIONS,
                        Topics.CORRECTIONS,
                        Topics.ERASURES,
                        Topics.REQUESTS);
        assertThat(((Interaction) sent.get(0).event()).messages().getFirst().content())
                .isEqualTo("Hi, <EMAIL_1>");
        assertThat(((Erasure) sent.get(3).event()).principal().value()).isEqualTo("ann");
        assertThat(((TrainingRequest) sent.get(4).event()).kind()).isEqualTo(TriggerKind.MANUAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /v1/feedback     | {"kind": "thumb", "value": 1}                                    | #/interactionId
                    /v1/feedback     | {"interactionId": "i", "kind": "stars", "value": 1}              | #/kind
                    /v1/feedback     | {"interactionId": "i", "kind": "rating", "value": 9}             | #/value
                    /v1/feedback     | {"interactionId": "i", "kind": "thumb", "value": "1"}            | #/value
                    /v1/feedback     | {"interactionId": "?", "kind": "thumb", "value": 1}              | #/interactionId
                    /v1/corrections  | {"interactionId": "i", "answer": " "}                            | #/answer
                    /v1/corrections  | {"interactionId": "i", "answer": "a", "revision": -1}            | #/revision
                    /v1/corrections  | {"interactionId": "i", "answer": "a", "occurredAt": "2026-01-05T09:00:00Z"} | #/occurredAt
                    /v1/corrections  | {"interactionId": "i", "answer": "a", "occurredAt": "1969-01-05T09:00:00Z"} | #/occurredAt
                    /v1/interactions | {"model": "m", "answer": "", "messages": [{"role": "user"}]}     | #/messages/0/content
                    /v1/interactions | {"model": "m", "answer": "", "messages": []}                     | #/messages
                    /v1/erasures     | {}                                                               | #/principal
                    /v1/triggers     | [1]                                                              | #
                    /v1/triggers     | {"reason":                                                       | #
                    """)
    void aBadFieldIsNamedByAProblemDocument(String path, String body, String pointer)
            throws Exception {
        HttpResponse<String> response = post(path, body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("type").asString()).isEqualTo("about:blank");
        assertThat(problem.get("title").asString()).isEqualTo("Bad Request");
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
        assertThat(problem.at("/errors/0/detail").asString()).isNotBlank();
        assertThat(sent).isEmpty();
    }

    @Test
    void aBatchIsTakenAsAWhole() throws Exception {
        HttpResponse<String> response =
                post(
                        "/v1/feedback",
                        FEEDBACK + "\n\n" + FEEDBACK + "\n",
                        "content-type",
                        "application/x-ndjson");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(json(response).get("ids")).hasSize(2);
        assertThat(sent).hasSize(2);
        assertThat(counted(Topics.FEEDBACK, "202")).isEqualTo(2);
    }

    @Test
    void aBatchWithABadLineIsRefusedAsAWholeAndTheLineIsNamed() throws Exception {
        HttpResponse<String> response =
                post(
                        "/v1/feedback",
                        FEEDBACK + "\n\n{}\nnonsense\n",
                        "content-type",
                        "application/x-ndjson");

        JsonNode errors = json(response).get("errors");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(errors).extracting(error -> error.get("line").asInt()).containsExactly(3, 4);
        assertThat(sent).isEmpty();
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        String answer = "a".repeat(2 << 20);
        HttpResponse<String> response =
                post(
                        "/v1/corrections",
                        "{\"interactionId\": \"i\", \"answer\": \"" + answer + "\"}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("content-type"))
                .hasValue("application/problem+json");
    }

    @Test
    void aStreamedBodyOverTheLimitIsRefused() throws Exception {
        byte[] body = new byte[2 << 20];
        HttpRequest request =
                request("/v1/corrections")
                        .header("content-type", "application/json")
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .build();

        assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void anEventThatFitsTheBodyButNoRecordIsRefused() throws Exception {
        String answer = "a".repeat(1_010_000);
        HttpResponse<String> response =
                post(
                        "/v1/corrections",
                        "{\"interactionId\": \"i\", \"answer\": \"" + answer + "\"}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(sent).isEmpty();
    }

    @Test
    void otherMediaTypesMethodsAndPathsAreRefusedWithProblems() throws Exception {
        HttpResponse<String> form =
                post("/v1/feedback", "a=b", "content-type", "application/x-www-form-urlencoded");
        HttpResponse<String> get =
                client.send(request("/v1/feedback").GET().build(), BodyHandlers.ofString());
        HttpResponse<String> elsewhere = post("/v1/thoughts", FEEDBACK);

        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(get.statusCode()).isEqualTo(405);
        assertThat(get.headers().firstValue("allow")).hasValue("POST");
        assertThat(elsewhere.statusCode()).isEqualTo(404);
        assertThat(List.of(form, get, elsewhere))
                .allSatisfy(response ->
                        assertThat(response.headers().firstValue("content-type"))
                                .hasValue("application/problem+json"));
    }

    @Test
    void withoutKafkasAcknowledgementTheCallerIsToldToRetry() throws Exception {
        acknowledged = new CompletableFuture<>();
        HttpResponse<String> silent = post("/v1/feedback", FEEDBACK);
        acknowledged = CompletableFuture.failedFuture(new MillraceException("no broker"));
        HttpResponse<String> failed = post("/v1/feedback", FEEDBACK);

        assertThat(silent.statusCode()).isEqualTo(503);
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.headers().firstValue("retry-after")).hasValue("1");
        assertThat(counted(Topics.FEEDBACK, "503")).isEqualTo(2);
        assertThat(counted(Topics.FEEDBACK, "202")).isZero();
    }

    @Test
    void aTakenPortIsNamed() {
        GatewayConfig config = GatewayConfig.local(gateway.port());
        GatewayService second =
                new GatewayService(config, new Kafka(), () -> {}, registry, Clock.systemUTC());

        assertThatThrownBy(second::start)
                .isInstanceOf(MillraceException.class)
                .hasMessageStartingWith("the gateway cannot listen on port " + gateway.port());
    }

    private final class Kafka implements Outlet {
        @Override
        public <E extends Event> Optional<Letter> prepare(Topic<E> topic, E event) {
            if (EventJson.write(event).length > EventProducer.MAX_EVENT_BYTES) {
                return Optional.empty();
            }
            return Optional.of(() -> {
                sent.add(new Sent(topic, event));
                return acknowledged;
            });
        }
    }

    private int status(String path, String body) throws IOException, InterruptedException {
        return post(path, body).statusCode();
    }

    private HttpResponse<String> post(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                request(path)
                        .setHeader("content-type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + path));
    }

    private static JsonNode json(HttpResponse<String> response) {
        return EventJson.MAPPER.readTree(response.body());
    }

    private double counted(Topic<?> topic, String status) {
        return registry
                .find("millrace.gateway.events")
                .tag("topic", topic.name())
                .tag("status", status)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
