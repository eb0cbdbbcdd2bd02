package io.millrace.deployer.serving;

import static io.millrace.deployer.serving.Served.HELLO;
import static io.millrace.deployer.serving.Served.code;
import static io.millrace.deployer.serving.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.deployer.serving.ServingServer.Limits;
import io.millrace.model.GenerationOptions;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.Message;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ChatEndpointTest {

    private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
    private Served served;

    @BeforeEach
    void listen(@TempDir Path folder) {
        served = new Served(folder);
    }

    @AfterEach
    void close() {
        askers.close();
        served.close();
    }

    @Test
    void aPortInUseIsNamed() {
        Limits limits = new Limits("localhost", served.port(), 4, 1, 1);
        InteractionLog log =
                new InteractionLog(
                        _ -> new CompletableFuture<>(),
                        1,
                        new SimpleMeterRegistry().counter("dropped"));

        assertThatThrownBy(() ->
                        ServingServer.start(
                                limits,
                                served.backend,
                                served.models,
                                log,
                                new ServingMetrics(new SimpleMeterRegistry())))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("port %d", served.port());
        log.close();
    }

    @Test
    void untilAModelIsLiveTheAliasIsNotReady() {
        HttpResponse<String> response = served.chat(HELLO);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(code(response)).isEqualTo("not_ready");
        assertThat(response.headers().firstValue("retry-after")).contains("1");
    }

    @Test
    void theAnswerNamesTheVersionThatGaveIt() {
        served.flipTo("v1", "card arrival");

        HttpResponse<String> response = served.chat(HELLO);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = json(response);
        assertThat(answer.at("/model").stringValue()).isEqualTo("v1");
        assertThat(answer.at("/choices/0/message/content").stringValue()).isEqualTo("card arrival");
        assertThat(answer.at("/choices/0/finish_reason").stringValue()).isEqualTo("stop");
        assertThat(answer.at("/usage/prompt_tokens").intValue()).isEqualTo(4);
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(2);
        assertThat(answer.at("/usage/total_tokens").intValue()).isEqualTo(6);
    }

    @Test
    void baseAnswersToItsOwnNameWhateverIsLive() {
        served.flipTo("v1", "card arrival");

        HttpResponse<String> response = served.chat(HELLO.replace("millrace", "base"));

        assertThat(json(response).at("/model").stringValue()).isEqualTo("base");
    }

    @Test
    void eachAnswerBecomesAnInteractionUnderTheIdOfTheReply() {
        served.flipTo("v1", "card arrival");

        String id =
                json(served.chat(
                                """
                                {"model": "millrace", "user": "ann@example.org",
                                 "metadata": {"tags": "cards, new", "conversation_id": "c-7"},
                                 "messages": [{"role": "developer", "content": "Name the intent."},
                                   {"role": "user", "content": [{"type": "text", "text": "my card"}]}]}\
                                """))
                        .at("/id")
                        .stringValue();

        Interaction interaction = onlyInteraction();
        assertThat(id).isEqualTo("chatcmpl-" + interaction.interactionId());
        assertThat(interaction.principal().value()).isEqualTo("ann@example.org");
        assertThat(interaction.conversationId()).isEqualTo("c-7");
        assertThat(interaction.tags()).containsExactly("cards", "new");
        assertThat(interaction.model()).isEqualTo("v1");
        assertThat(interaction.answer()).isEqualTo("card arrival");
        assertThat(interaction.messages())
                .containsExactly(Message.system("Name the intent."), Message.user("my card"));
    }

    @Test
    void anApplicationMayNameItsInteraction() {
        served.models.startWithBase();

        HttpResponse<String> response =
                served.chat(HELLO, "x-millrace-interaction-id", "ticket-17");

        assertThat(json(response).at("/id").stringValue()).isEqualTo("chatcmpl-ticket-17");
        assertThat(onlyInteraction().interactionId().value()).isEqualTo("ticket-17");
        assertThat(onlyInteraction().principal().value()).isEqualTo("anonymous");
    }

    @Test
    void samplingIsPassedOnAndTheAnswerIsKeptWithinTheContext() {
        served.models.startWithBase();

        served.chat(
                HELLO.replace(
                        "\"messages\"",
                        "\"temperature\": 0.5, \"top_p\": 0.9, \"seed\": 11,"
                                + " \"max_completion_tokens\": 5000, \"messages\""));

        assertThat(served.backend.asked.get("options"))
                .isEqualTo(new GenerationOptions(FakeBackend.CONTEXT - 4, 0.5, 0.9, 11));
    }

    @Test
    void withoutSamplingTheAnswerIsGreedyAndAsLongAsTheServerAllows() {
        served.models.startWithBase();

        served.chat(HELLO);

        assertThat(served.backend.asked.get("options"))
                .extracting(GenerationOptions::temperature, GenerationOptions::maxTokens)
                .containsExactly(0.0, 4);
    }

    @Test
    void modelsAreListedWithWhatStandsBehindTheAlias() {
        served.flipTo("v1", "one");

        JsonNode models = json(served.get("/v1/models")).at("/data");

        assertThat(models.valueStream().map(m -> m.get("id").stringValue()))
                .containsExactly("millrace", "base", "v1");
        assertThat(models.at("/0/root").stringValue()).isEqualTo("v1");
    }

    @Test
    void aModelThatBreaksIsOneFailedRequest() {
        served.flipTo("v1", "!broken");

        HttpResponse<String> response = served.chat(HELLO);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(code(response)).isEqualTo("internal_error");
        assertThat(served.chat(HELLO.replace("millrace", "base")).statusCode()).isEqualTo(200);
    }

    /** Two are answered, two wait, and whichever comes fifth is sent away. */
    @Test
    void aFullQueueAsksToComeBack() {
        served.models.startWithBase();
        CountDownLatch mayAnswer = new CountDownLatch(1);
        served.backend.beforeAnswer = () -> await().until(() -> mayAnswer.getCount() == 0);
        List<CompletableFuture<HttpResponse<String>>> requests =
                IntStream.range(0, 5)
                        .mapToObj(_ ->
                                CompletableFuture.supplyAsync(() -> served.chat(HELLO), askers))
                        .toList();

        await().until(() -> requests.stream().anyMatch(CompletableFuture::isDone));
        mayAnswer.countDown();

        List<HttpResponse<String>> replies =
                requests.stream().map(CompletableFuture::join).toList();
        assertThat(replies)
                .extracting(HttpResponse::statusCode)
                .containsExactlyInAnyOrder(200, 200, 200, 200, 429);
        assertThat(replies)
                .filteredOn(r -> r.statusCode() == 429)
                .allSatisfy(r -> {
                    assertThat(code(r)).isEqualTo("overloaded");
                    assertThat(r.headers().firstValue("retry-after-ms")).contains("250");
                });
    }

    /** Promise I5 over HTTP: two clients ask without pause while versions come and go. */
    @Test
    void noRequestFailsWhileVersionsAreSwapped() {
        served.flipTo("v0", "answer of v0");
        AtomicBoolean swapping = new AtomicBoolean(true);
        List<CompletableFuture<Integer>> clients =
                IntStream.range(0, 2)
                        .mapToObj(_ ->
                                CompletableFuture.supplyAsync(() -> askWhile(swapping), askers))
                        .toList();
        for (int i = 1; i <= 30; i++) {
            served.flipTo("v" + i, "answer of v" + i);
        }
        await().until(() -> requests("200") > 30);
        swapping.set(false);

        assertThat(clients).allSatisfy(c -> assertThat(c.join()).isPositive());
        assertThat(served.backend.open).as("models still open").hasValue(1);
    }

    private int askWhile(AtomicBoolean swapping) {
        int asked = 0;
        while (swapping.get()) {
            HttpResponse<String> response = served.chat(HELLO);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(json(response).at("/choices/0/message/content").stringValue())
                    .isEqualTo("answer of " + json(response).at("/model").stringValue());
            asked++;
        }
        return asked;
    }

    @Test
    void requestsTokensAndDurationsAreCounted() {
        served.flipTo("v1", "card arrival");
        served.chat(HELLO);
        served.chat("{}");

        await().until(() -> requests("200") == 1 && requests("400") == 1);
        assertThat(served.meters.counter("millrace.serving.tokens", "type", "prompt").count())
                .isEqualTo(4);
        assertThat(served.meters.counter("millrace.serving.tokens", "type", "response").count())
                .isEqualTo(2);
        assertThat(
                        served.meters
                                .get("gen_ai.server.request.duration")
                                .tags("model", "v1", "status", "200")
                                .timer()
                                .count())
                .isEqualTo(1);
        assertThat(served.meters.get("millrace.serving.inflight").gauge().value()).isZero();
    }

    private double requests(String status) {
        return served.meters.counter("millrace.serving.requests", "status", status).count();
    }

    private Interaction onlyInteraction() {
        await().until(() -> served.interactions.size() == 1);
        return served.interactions.getFirst();
    }
}
