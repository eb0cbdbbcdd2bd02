package io.millrace.ingest.gateway;

import io.helidon.http.Status;
import io.millrace.ingest.gateway.JsonReader.Broken;
import io.millrace.ingest.gateway.JsonReader.Tree;
import io.millrace.ingest.gateway.Problem.Flaw;
import io.millrace.ingest.gateway.Submission.Malformed;
import io.millrace.ingest.gateway.Submission.Place;
import io.millrace.ingest.gateway.Submission.Sent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the events in a body. */
final class BodyReader {

    private final Limits limits;
    private final JsonReader json;

    BodyReader(Limits limits) {
        this.limits = limits;
        this.json = new JsonReader(limits);
    }

    /**
     * The events of one body, in order; a batch over its limit is one flaw.
     *
     * @param headers of the request, by name
     * @param eventType that a CloudEvent must have
     */
    List<Submission> read(
            MediaType type,
            byte[] body,
            Function<String, Optional<String>> headers,
            String eventType) {
        return switch (type) {
            case NDJSON -> lines(body);
            case JSON ->
                    List.of(
                            object(
                                    body,
                                    data ->
                                            CloudEventReader.isBinary(headers)
                                                    ? CloudEventReader.binary(
                                                            headers, data, eventType)
                                                    : new Sent(data, Place.BODY, null)));
            case CLOUD_EVENT ->
                    List.of(object(body, data -> CloudEventReader.structured(data, "", eventType)));
            case CLOUD_EVENTS -> list(body, eventType);
        };
    }

    private Submission object(byte[] body, Function<ObjectNode, Submission> then) {
        return switch (json.read(body, 0, body.length)) {
            case Broken(Flaw flaw) -> new Malformed(flaw);
            case Tree(ObjectNode object) -> then.apply(object);
            case Tree _ -> new Malformed(Flaw.of("", "the body is not a JSON object"));
        };
    }

    private List<Submission> list(byte[] body, String eventType) {
        return switch (json.read(body, 0, body.length)) {
            case Broken(Flaw flaw) -> List.of(new Malformed(flaw));
            case Tree(ArrayNode array) when array.size() > limits.maxBatchEvents() ->
                    List.of(new Malformed(tooMany("/" + limits.maxBatchEvents())));
            case Tree(ArrayNode array) -> {
                List<Submission> events = new ArrayList<>(array.size());
                for (int i = 0; i < array.size(); i++) {
                    events.add(CloudEventReader.structured(array.get(i), "/" + i, eventType));
                }
                yield events;
            }
            case Tree _ -> List.of(new Malformed(Flaw.of("", "the body is not a JSON list")));
        };
    }

    /**
     * UTF-8 has a line feed's byte nowhere but in a line feed, so lines are cut before decoding.
     */
    private List<Submission> lines(byte[] body) {
        List<Submission> events = new ArrayList<>();
        int line = 0;
        for (int from = 0; from < body.length; ) {
            int to = from;
            while (to < body.length && body[to] != '\n') {
                to++;
            }
            line++;
            if (!blank(body, from, to)) {
                if (events.size() == limits.maxBatchEvents()) {
                    return List.of(new Malformed(tooMany("").onLine(line)));
                }
                events.add(line(body, from, to, line));
            }
            from = to + 1;
        }
        return events;
    }

    private Submission line(byte[] body, int from, int to, int number) {
        return switch (json.read(body, from, to - from)) {
            case Broken(Flaw flaw) -> new Malformed(flaw.onLine(number));
            case Tree(ObjectNode data) -> new Sent(data, new Place(number, "", ""), null);
            case Tree _ ->
                    new Malformed(Flaw.of("", "the line is not a JSON object").onLine(number));
        };
    }

    private static boolean blank(byte[] body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private Flaw tooMany(String pointer) {
        return Flaw.of(
                Status.REQUEST_ENTITY_TOO_LARGE_413,
                pointer,
                "a request may have %,d events".formatted(limits.maxBatchEvents()));
    }
}
