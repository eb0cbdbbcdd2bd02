package io.millrace.deployer.serving;

import static io.millrace.deployer.Examples.version;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.deployer.serving.ServingServer.Limits;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Interaction;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/**
 * The real endpoint on a real port over the fake backend, with two workers and room for two more.
 */
final class Served implements AutoCloseable {

    /** A request that anybody may send. */
    static final String HELLO =
            """
            {"model": "millrace", "messages": [{"role": "user", "content": "where is my card"}]}\
            """;

    final FakeBackend backend = new FakeBackend();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<Interaction> interactions = new CopyOnWriteArrayList<>();
    final LiveModels models;
    private final Adapters adapters;
    private final InteractionLog log;
    private final ServingServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Served(Path folder) {
        adapters = new Adapters(folder);
        models = new LiveModels(backend, adapters.store());
        ServingMetrics metrics = new ServingMetrics(meters);
        log =
                new InteractionLog(
                        interaction -> {
                            interactions.add(interaction);
                            return CompletableFuture.completedFuture(interaction);
                        },
                        100,
                        metrics.droppedInteractions());
        server =
                ServingServer.start(
                        new Limits("localhost", 0, 4, 2, 2), backend, models, log, metrics);
    }

    void flipTo(String version, String answer) {
        models.load(adapters.cleared(version, answer));
        models.flip(version(version));
    }

    int port() {
        return server.port();
    }

    String url(String path) {
        return "http://localhost:%d%s".formatted(server.port(), path);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url(path))).build());
    }

    HttpResponse<String> chat(String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url("/v1/chat/completions")))
                        .POST(BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(HttpResponse<String> response) {
        return EventJson.MAPPER.readTree(response.body());
    }

    /** Of a refusal. */
    static String code(HttpResponse<String> response) {
        return json(response).at("/error/code").stringValue();
    }

    @Override
    public void close() {
        server.close();
        log.close();
        models.close();
        client.close();
    }
}
