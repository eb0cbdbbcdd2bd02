package io.millrace.deployer.serving;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.deployer.serving.ChatJson.Head;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /v1/chat/completions} and {@code GET /v1/models}. An application may name its
 * interaction in the header {@code x-millrace-interaction-id}; feedback and corrections then use
 * that name.
 */
final class ChatEndpoint implements HttpService {

    static final int MAX_BODY_BYTES = 1 << 20;

    private static final Logger log = LoggerFactory.getLogger(ChatEndpoint.class);
    private static final HeaderName INTERACTION_ID =
            HeaderNames.create("x-millrace-interaction-id");
    private static final HeaderName RETRY_AFTER_MILLIS = HeaderNames.create("retry-after-ms");
    private static final String NO_MODEL = "none";

    private final Answers answers;
    private final LiveModels models;
    private final InteractionLog interactions;
    private final ServingMetrics metrics;
    private final Clock clock;
    private final Instant started;

    ChatEndpoint(
            Answers answers,
            LiveModels models,
            InteractionLog interactions,
            ServingMetrics metrics,
            Clock clock) {
        this.answers = answers;
        this.models = models;
        this.interactions = interactions;
        this.metrics = metrics;
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public void routing(HttpRules rules) {
        rules.post("/v1/chat/completions", this::chat)
                .get("/v1/models", (_, response) -> list(response))
                .any((request, response) -> fail(response, unknown(request)));
    }

    private void list(ServerResponse response) {
        json(response, 200, ChatJson.models(models.names(), started.getEpochSecond()));
    }

    private void chat(ServerRequest request, ServerResponse response) {
        Instant arrived = clock.instant();
        metrics.started();
        String model = NO_MODEL;
        int status = 200;
        try {
            InteractionId id = interactionId(request);
            ChatRequest chat = ChatRequestReader.read(body(request));
            Answer answer = answers.answer(chat, id);
            model = answer.model();
            metrics.answered(answer.generation());
            interactions.add(interaction(id, chat, answer, arrived));
            reply(response, chat, new Head(id, arrived.getEpochSecond()), answer);
        } catch (ApiError e) {
            status = e.status();
            fail(response, e);
        } catch (RuntimeException e) {
            status = 500;
            log.atError().setMessage("a request failed").setCause(e).log();
            fail(response, ApiError.internal());
        } finally {
            metrics.ended(model, status, Duration.between(arrived, clock.instant()));
        }
    }

    private Interaction interaction(
            InteractionId id, ChatRequest chat, Answer answer, Instant arrived) {
        Instant now = clock.instant();
        return new Interaction(
                id,
                chat.origin().principal(),
                chat.origin().conversationId(),
                answer.model(),
                chat.messages(),
                answer.generation().text(),
                chat.origin().tags(),
                Math.max(0, Duration.between(arrived, now).toMillis()),
                now);
    }

    private static void reply(ServerResponse response, ChatRequest chat, Head head, Answer answer) {
        if (chat.stream()) {
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8")
                    .header(HeaderNames.CACHE_CONTROL, "no-cache")
                    .send(ChatJson.stream(head, answer, chat.streamUsage()));
        } else {
            json(response, 200, ChatJson.completion(head, answer));
        }
    }

    private static InteractionId interactionId(ServerRequest request) {
        return request.headers()
                .first(INTERACTION_ID)
                .map(ChatEndpoint::givenId)
                .orElseGet(() -> new InteractionId(UUID.randomUUID().toString()));
    }

    private static InteractionId givenId(String value) {
        try {
            return new InteractionId(value);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(INTERACTION_ID.lowerCase(), String.valueOf(e.getMessage()));
        }
    }

    private static byte[] body(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            byte[] body = in.readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                throw ApiError.tooLarge(MAX_BODY_BYTES);
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiError unknown(ServerRequest request) {
        return ApiError.unknownPath(request.prologue().method().text(), request.path().path());
    }

    private static void fail(ServerResponse response, ApiError error) {
        if (error.passing()) {
            response.header(HeaderNames.RETRY_AFTER, "1").header(RETRY_AFTER_MILLIS, "250");
        }
        json(response, error.status(), ChatJson.error(error));
    }

    private static void json(ServerResponse response, int status, byte[] body) {
        response.status(Status.create(status))
                .header(HeaderNames.CONTENT_TYPE, "application/json")
                .send(body);
    }
}
