package io.millrace.ingest.gateway;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.ingest.EventSink;
import io.millrace.ingest.gateway.EventIntake.Accepted;
import io.millrace.ingest.gateway.EventIntake.Refused;
import io.millrace.ingest.gateway.Problem.Flaw;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Handles what is posted to one endpoint. A batch is taken as a whole or not at all. */
final class EndpointHandler<E extends Event> implements Handler {

    static final HeaderName PRINCIPAL = HeaderNames.create("x-millrace-principal");

    private static final Logger log = LoggerFactory.getLogger(EndpointHandler.class);
    private static final String JSON = "application/json";
    private static final String BATCH = "application/x-ndjson";

    private final Endpoint<E> endpoint;
    private final GatewayConfig config;
    private final EventIntake intake;
    private final EventSink sink;
    private final EventMeter meter;

    EndpointHandler(
            Endpoint<E> endpoint,
            GatewayConfig config,
            EventIntake intake,
            EventSink sink,
            EventMeter meter) {
        this.endpoint = endpoint;
        this.config = config;
        this.intake = intake;
        this.sink = sink;
        this.meter = meter;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        int events = 1;
        try {
            boolean batch = isBatch(request);
            String body = body(request);
            List<String> texts = batch ? body.lines().toList() : List.of(body);
            List<Accepted<E>> accepted = accept(texts, batch, request.headers().first(PRINCIPAL));
            events = accepted.size();
            publish(accepted);
            meter.count(endpoint.topic(), Status.ACCEPTED_202, events);
            List<String> ids = accepted.stream().map(Accepted::id).toList();
            response.status(Status.ACCEPTED_202)
                    .header(HeaderNames.CONTENT_TYPE, JSON)
                    .send(
                            EventJson.write(
                                    batch ? Map.of("ids", ids) : Map.of("id", ids.getFirst())));
        } catch (RefusedException e) {
            meter.count(endpoint.topic(), Status.create(e.problem().status()), events);
            throw e;
        }
    }

    private static boolean isBatch(ServerRequest request) {
        String type = request.headers().contentType().map(t -> t.mediaType().text()).orElse("none");
        return switch (type) {
            case JSON -> false;
            case BATCH -> true;
            default ->
                    throw refused(
                            Status.UNSUPPORTED_MEDIA_TYPE_415,
                            "the content type must be %s for one event or %s for one a line"
                                    .formatted(JSON, BATCH));
        };
    }

    private String body(ServerRequest request) {
        if (request.headers().contentLength().orElse(0) > config.maxBodyBytes()) {
            throw tooLarge();
        }
        try (InputStream entity = request.content().inputStream()) {
            byte[] body = entity.readNBytes(config.maxBodyBytes() + 1);
            if (body.length > config.maxBodyBytes()) {
                throw tooLarge();
            }
            return new String(body, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw refused(Status.BAD_REQUEST_400, "the body ended before it was complete");
        }
    }

    private List<Accepted<E>> accept(List<String> texts, boolean batch, Optional<String> caller) {
        List<Accepted<E>> accepted = new ArrayList<>();
        List<Flaw> flaws = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (batch && texts.get(i).isBlank()) {
                continue;
            }
            switch (intake.take(endpoint, texts.get(i).getBytes(StandardCharsets.UTF_8), caller)) {
                case Accepted<E> taken -> accepted.add(taken);
                case Refused<E>(Flaw flaw) -> flaws.add(batch ? flaw.onLine(i + 1) : flaw);
            }
        }
        if (!flaws.isEmpty()) {
            throw new RefusedException(Problem.of(flaws));
        }
        if (accepted.isEmpty()) {
            throw refused(Status.BAD_REQUEST_400, "the batch has no event");
        }
        return accepted;
    }

    private void publish(List<Accepted<E>> accepted) {
        for (Accepted<E> taken : accepted) {
            if (EventJson.write(taken.event()).length > EventProducer.MAX_EVENT_BYTES) {
                throw refused(
                        Status.REQUEST_ENTITY_TOO_LARGE_413,
                        "an event may have %,d bytes".formatted(EventProducer.MAX_EVENT_BYTES));
            }
        }
        try {
            CompletableFuture.allOf(
                            accepted.stream()
                                    .map(taken -> sink.send(endpoint.topic(), taken.event()))
                                    .toArray(CompletableFuture[]::new))
                    .get(config.ackTimeout().toMillis(), MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.atWarn()
                    .setMessage("Kafka did not acknowledge in time")
                    .addKeyValue("topic", endpoint.topic().name())
                    .addKeyValue("events", accepted.size())
                    .setCause(e)
                    .log();
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    private RefusedException tooLarge() {
        return refused(
                Status.REQUEST_ENTITY_TOO_LARGE_413,
                "a body may have %,d bytes".formatted(config.maxBodyBytes()));
    }

    private static RefusedException unavailable() {
        return refused(
                Status.SERVICE_UNAVAILABLE_503,
                "Kafka has not acknowledged it in time: send it again, with an id of your own it counts once");
    }

    private static RefusedException refused(Status status, String detail) {
        return new RefusedException(Problem.of(status, detail));
    }
}
