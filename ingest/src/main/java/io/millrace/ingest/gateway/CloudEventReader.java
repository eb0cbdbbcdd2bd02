package io.millrace.ingest.gateway;

import io.millrace.ingest.gateway.Problem.Flaw;
import io.millrace.ingest.gateway.Submission.Envelope;
import io.millrace.ingest.gateway.Submission.Malformed;
import io.millrace.ingest.gateway.Submission.Place;
import io.millrace.ingest.gateway.Submission.Sent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * CloudEvents 1.0 in the JSON format and in the HTTP binding's binary mode. In binary mode a
 * pointer names the attribute as it would stand in the JSON format, and the detail its header.
 */
final class CloudEventReader {

    private static final String HEADER = "ce-";

    private CloudEventReader() {}

    /**
     * One event in structured mode.
     *
     * @param at pointer to it in the body
     * @param type that it must have
     */
    static Submission structured(JsonNode json, String at, String type) {
        Place place = new Place(null, at, at + "/data");
        if (!(json instanceof ObjectNode event)) {
            return new Malformed(Flaw.of(at, "the CloudEvent is not a JSON object"));
        }
        for (String name : new String[] {"specversion", "type", "source", "id", "time"}) {
            if (event.hasNonNull(name) && !event.get(name).isString()) {
                return new Malformed(Flaw.of(at + "/" + name, name + " is not text"));
            }
        }
        Optional<Flaw> flaw =
                flaw(name -> Optional.ofNullable(text(event, name)), "", type)
                        .or(() -> dataFlaw(event));
        if (flaw.isPresent()) {
            return new Malformed(place.inEnvelope(flaw.get()));
        }
        return new Sent(
                (ObjectNode) event.get("data"),
                place,
                new Envelope(event.get("id").asString(), text(event, "time")));
    }

    /** Whether headers make a CloudEvent of a plain body. */
    static boolean isBinary(Function<String, Optional<String>> headers) {
        return headers.apply(HEADER + "specversion").isPresent()
                || headers.apply(HEADER + "type").isPresent();
    }

    /** One event in binary mode. */
    static Submission binary(
            Function<String, Optional<String>> headers, ObjectNode data, String type) {
        Function<String, Optional<String>> attributes =
                name -> headers.apply(HEADER + name).map(CloudEventReader::decoded);
        Optional<Flaw> flaw = flaw(attributes, HEADER, type);
        if (flaw.isPresent()) {
            return new Malformed(flaw.get());
        }
        return new Sent(
                data,
                Place.BODY,
                new Envelope(
                        attributes.apply("id").orElseThrow(),
                        attributes.apply("time").orElse(null)));
    }

    private static Optional<Flaw> flaw(
            Function<String, Optional<String>> attributes, String prefix, String type) {
        if (!attributes.apply("specversion").filter("1.0"::equals).isPresent()) {
            return Optional.of(Flaw.of("/specversion", prefix + "specversion must be 1.0"));
        }
        if (!attributes.apply("type").filter(type::equals).isPresent()) {
            return Optional.of(Flaw.of("/type", prefix + "type must be " + type + " here"));
        }
        for (String name : new String[] {"source", "id"}) {
            if (attributes.apply(name).filter(value -> !value.isBlank()).isEmpty()) {
                return Optional.of(Flaw.of("/" + name, prefix + name + " is missing"));
            }
        }
        return Optional.empty();
    }

    private static Optional<Flaw> dataFlaw(ObjectNode event) {
        String content = event.path("datacontenttype").asString("application/json");
        if (!content.matches("application/([a-z.-]+\\+)?json(;.*)?")) {
            return Optional.of(
                    Flaw.of("/datacontenttype", "datacontenttype must be application/json"));
        }
        if (event.has("data_base64")) {
            return Optional.of(
                    Flaw.of("/data_base64", "send data, as JSON, in place of data_base64"));
        }
        return event.path("data").isObject()
                ? Optional.empty()
                : Optional.of(Flaw.of("/data", "data is not a JSON object"));
    }

    private static @Nullable String text(ObjectNode event, String name) {
        return event.hasNonNull(name) ? event.get(name).asString() : null;
    }

    /** The HTTP binding percent-encodes what a header can't hold. */
    private static String decoded(String value) {
        try {
            return value.indexOf('%') < 0
                    ? value
                    : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
