package io.millrace.launcher.demo;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.PrincipalId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The platform as an application sees it: ask the model over HTTP, tell the gateway what people
 * think.
 */
final class Doors implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What came back: the answer and the version that gave it. */
    record Reply(InteractionId interaction, String answer, String version) {}

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI serving;
    private final URI gateway;

    Doors(URI serving, URI gateway) {
        this.serving = serving;
        this.gateway = gateway;
    }

    /**
     * Asks the live model.
     *
     * @throws IOException when it does not answer with 200
     */
    Reply ask(LabelledExample example, InteractionId interaction, PrincipalId principal)
            throws IOException, InterruptedException {
        List<Map<String, String>> messages =
                example.messages().stream()
                        .map(m ->
                                Map.of(
                                        "role",
                                        m.role().name().toLowerCase(Locale.ROOT),
                                        "content",
                                        m.content()))
                        .toList();
        Map<String, Object> body =
                Map.of(
                        "model",
                        "millrace",
                        "messages",
                        messages,
                        "max_tokens",
                        32,
                        "temperature",
                        0,
                        "user",
                        principal.value(),
                        "metadata",
                        Map.of("tags", example.tag()));
        HttpRequest request =
                post(serving.resolve("/v1/chat/completions"), body)
                        .header("x-millrace-interaction-id", interaction.value())
                        .build();
        JsonNode json = JSON.readTree(send(request, 200));
        String answer = json.path("choices").path(0).path("message").path("content").asString("");
        return new Reply(interaction, answer.strip(), json.path("model").asString(""));
    }

    /** A thumb, up or down. */
    void rate(InteractionId interaction, PrincipalId principal, boolean content)
            throws IOException, InterruptedException {
        tell(
                "/v1/feedback",
                Map.of(
                        "feedbackId",
                        "f-" + interaction,
                        "interactionId",
                        interaction.value(),
                        "principal",
                        principal.value(),
                        "kind",
                        "thumb",
                        "value",
                        content ? 1 : 0));
    }

    /** What the answer should have been. */
    void correct(InteractionId interaction, PrincipalId principal, String answer)
            throws IOException, InterruptedException {
        tell(
                "/v1/corrections",
                Map.of(
                        "correctionId",
                        "c-" + interaction,
                        "interactionId",
                        interaction.value(),
                        "principal",
                        principal.value(),
                        "revision",
                        0,
                        "answer",
                        answer));
    }

    private void tell(String path, Map<String, Object> body)
            throws IOException, InterruptedException {
        send(post(gateway.resolve(path), body).build(), 202);
    }

    private static HttpRequest.Builder post(URI uri, Map<String, Object> body) {
        return HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    }

    private String send(HttpRequest request, int expected)
            throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IOException(
                    request.uri().getPath()
                            + " answered "
                            + response.statusCode()
                            + ": "
                            + response.body());
        }
        return response.body();
    }

    @Override
    public void close() {
        http.close();
    }
}
