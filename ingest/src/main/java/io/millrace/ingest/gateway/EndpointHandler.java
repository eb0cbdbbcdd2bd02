package io.millrace.ingest.gateway;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.millrace.ingest.gateway.EventIntake.Accepted;
import io.millrace.ingest.gateway.EventIntake.Refused;
import io.millrace.ingest.gateway.Problem.Flaw;
import io.millrace.ingest.gateway.Submission.Malformed;
import io.millrace.ingest.gateway.Submission.Sent;
import io.millrace.ingest.gateway.access.Caller;
import io.millrace.ingest.gateway.access.Caller.Anonymous;
import io.millrace.ingest.gateway.access.Caller.Member;
import io.millrace.schemas.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Handles what is posted to one endpoint. A batch is taken as a whole or not at all. */
final class EndpointHandler implements Handler {

    static final HeaderName PRINCIPAL = HeaderNames.create("x-millrace-principal");

    private static final HeaderName KEY = HeaderNames.create(IdempotencyKey.HEADER);

    private final Endpoint<?> endpoint;
    private final Door door;
    private final Bodies bodies;
    private final Counter counter;
    private final EventMeter meter;

    /** What happens to events once they are read: taken, delivered, and answered once. */
    record Counter(EventIntake intake, Delivery delivery, Replies replies) {}

    EndpointHandler(
            Endpoint<?> endpoint, Door door, Bodies bodies, Counter counter, EventMeter meter) {
        this.endpoint = endpoint;
        this.door = door;
        this.bodies = bodies;
        this.counter = counter;
        this.meter = meter;
    }

    /** A request whose caller and media type are known. */
    private record Arrived(ServerRequest request, Caller caller, MediaType type) {

        @Nullable String principal() {
            return request.headers().first(PRINCIPAL).orElse(null);
        }

        Sha256 fingerprint(byte[] body) {
            ByteArrayOutputStream all = new ByteArrayOutputStream(body.length + 100);
            all.writeBytes((type + "\n" + principal() + "\n").getBytes(StandardCharsets.UTF_8));
            all.writeBytes(body);
            return Sha256.of(all.toByteArray());
        }
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        try {
            Caller caller = door.admit(request, endpoint);
            MediaType type = bodies.type(request);
            Reply reply = answer(new Arrived(request, caller, type), bodies.bytes(request));
            response.status(Status.ACCEPTED_202)
                    .header(HeaderNames.CONTENT_TYPE, MediaType.JSON.text())
                    .send(reply.json().getBytes(StandardCharsets.UTF_8));
        } catch (RefusedException e) {
            meter.count(endpoint.topic(), Status.create(e.problem().status()), e.events());
            throw e;
        }
    }

    private Reply answer(Arrived arrived, byte[] body) {
        @Nullable String header = arrived.request().headers().first(KEY).orElse(null);
        if (header == null) {
            return accept(arrived, body, number -> UUID.randomUUID().toString());
        }
        IdempotencyKey key =
                IdempotencyKey.parse(scope(arrived.caller()), header)
                        .orElseThrow(() ->
                                new RefusedException(
                                        Problem.of(
                                                Status.BAD_REQUEST_400,
                                                "Idempotency-Key must be 1 to 255 printable ASCII"
                                                        + " characters in quotes")));
        return counter.replies()
                .once(key, arrived.fingerprint(body), () -> accept(arrived, body, key::idOf));
    }

    private String scope(Caller caller) {
        return switch (caller) {
            case Anonymous _ -> endpoint.path();
            case Member member -> member.tenant() + endpoint.path();
        };
    }

    private Reply accept(Arrived arrived, byte[] body, IntFunction<String> ids) {
        List<Submission> sent =
                bodies.events(arrived.request(), arrived.type(), body, endpoint.topic());
        door.charge(arrived.request(), arrived.caller(), sent.size());
        List<Accepted> accepted =
                take(sent, new Sender(arrived.caller(), arrived.principal(), ids));
        counter.delivery().send(accepted);
        accepted.forEach(taken -> meter.count(taken.topic(), Status.ACCEPTED_202, 1));
        return Reply.of(accepted.stream().map(Accepted::id).toList(), arrived.type().batch());
    }

    private List<Accepted> take(List<Submission> submissions, Sender sender) {
        List<Accepted> accepted = new ArrayList<>(submissions.size());
        List<Flaw> flaws = new ArrayList<>();
        for (Submission submission : submissions) {
            switch (submission) {
                case Malformed(Flaw flaw) -> flaws.add(flaw);
                case Sent sent -> {
                    switch (counter.intake()
                            .take(endpoint, sent, sender, accepted.size() + flaws.size())) {
                        case Accepted taken -> accepted.add(taken);
                        case Refused(Flaw flaw) -> flaws.add(flaw);
                    }
                }
            }
        }
        if (!flaws.isEmpty()) {
            throw new RefusedException(Problem.of(flaws));
        }
        return accepted;
    }
}
