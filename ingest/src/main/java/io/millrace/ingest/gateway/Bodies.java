package io.millrace.ingest.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.millrace.schemas.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the body of a request: first its type, then its bytes, then the events in them. */
final class Bodies {

    private final Limits limits;
    private final BodyReader reader;

    Bodies(Limits limits) {
        this.limits = limits;
        this.reader = new BodyReader(limits);
    }

    /**
     * How the events stand in it.
     *
     * @throws RefusedException with 415
     */
    MediaType type(ServerRequest request) {
        return request.headers()
                .contentType()
                .flatMap(type -> MediaType.of(type.mediaType().text()))
                .orElseThrow(() ->
                        new RefusedException(
                                Problem.of(
                                        Status.UNSUPPORTED_MEDIA_TYPE_415,
                                        "the content type must be one of " + MediaType.all())));
    }

    /**
     * All of it.
     *
     * @throws RefusedException with 413
     */
    byte[] bytes(ServerRequest request) {
        if (request.headers().contentLength().orElse(0) > limits.maxBodyBytes()) {
            throw tooLarge();
        }
        try (InputStream entity = request.content().inputStream()) {
            byte[] body = entity.readNBytes(limits.maxBodyBytes() + 1);
            if (body.length > limits.maxBodyBytes()) {
                throw tooLarge();
            }
            return body;
        } catch (IOException e) {
            throw new RefusedException(
                    Problem.of(Status.BAD_REQUEST_400, "the body ended before it was complete"));
        }
    }

    /**
     * The events in it, at least one, good or not.
     *
     * @throws RefusedException with 400 when there is none
     */
    List<Submission> events(ServerRequest request, MediaType type, byte[] body, Topic<?> topic) {
        List<Submission> events =
                reader.read(
                        type,
                        body,
                        name -> request.headers().first(HeaderNames.create(name)),
                        topic.eventType());
        if (events.isEmpty()) {
            throw new RefusedException(
                    Problem.of(Status.BAD_REQUEST_400, "the batch has no event"));
        }
        return events;
    }

    private RefusedException tooLarge() {
        return new RefusedException(
                Problem.of(
                        Status.REQUEST_ENTITY_TOO_LARGE_413,
                        "a body may have %,d bytes".formatted(limits.maxBodyBytes())));
    }
}
