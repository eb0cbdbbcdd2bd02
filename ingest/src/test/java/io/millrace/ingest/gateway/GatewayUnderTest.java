package io.millrace.ingest.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
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
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A gateway that listens, a Kafka that takes everything down, and a clock that is set by hand. */
final class GatewayUnderTest implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-01-05T08:00:00Z");
    static final String FEEDBACK =
            "{\"interactionId\": \"i-1\", \"kind\": \"thumb\", \"value\": 1}";

    final List<Event> sent = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> acknowledged = CompletableFuture.completedFuture(null);
    Instant now = NOW;

    private final HttpClient client = HttpClient.newHttpClient();
    private final GatewayService gateway;

    GatewayUnderTest(GatewaySettings settings) {
        this(new GatewayConfig("127.0.0.1", 0, Duration.ofMillis(500), settings));
    }

    GatewayUnderTest(GatewayConfig config) {
        gateway =
                new GatewayService(
                        config, new Kafka(), () -> {}, new SimpleMeterRegistry(), new HandSet());
        gateway.start();
    }

    record Response(int status, HttpResponse<byte[]> http) {

        JsonNode json() {
            return EventJson.MAPPER.readTree(http.body());
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse("");
        }

        String pointer() {
            return json().at("/errors/0/pointer").asString("");
        }
    }

    Response post(String path, String body, String... headers) {
        return post(path, body.getBytes(java.nio.charset.StandardCharsets.UTF_8), headers);
    }

    Response post(String path, byte[] body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path))
                        .setHeader("content-type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    Response get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET().build());
    }

    private Response send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return new Response(response.statusCode(), response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + gateway.port() + path);
    }

    @Override
    public void close() {
        client.close();
        gateway.close();
    }

    private final class Kafka implements Outlet {
        @Override
        public <E extends Event> Optional<Letter> prepare(Topic<E> topic, E event) {
            if (EventJson.write(event).length > EventProducer.MAX_EVENT_BYTES) {
                return Optional.empty();
            }
            return Optional.of(() -> {
                sent.add(event);
                return acknowledged;
            });
        }
    }

    private final class HandSet extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
