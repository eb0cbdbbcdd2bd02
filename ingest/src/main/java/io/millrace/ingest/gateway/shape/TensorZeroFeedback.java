package io.millrace.ingest.gateway.shape;

import io.millrace.ingest.gateway.shape.Shaped.Mapped;
import io.millrace.ingest.gateway.shape.Shaped.Unfit;
import io.millrace.schemas.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Feedback as TensorZero's {@code POST /feedback} takes it. {@code inference_id} names the
 * interaction. A boolean metric is a thumb, a float one a share of the best ({@link Scores}), a
 * {@code demonstration} a correction. A {@code comment} stands for itself there and nowhere here:
 * it is refused with what to do instead.
 */
final class TensorZeroFeedback {

    private static final String INFERENCE = "inference_id";

    private TensorZeroFeedback() {}

    static Shaped map(ObjectNode sent) {
        if (sent.hasNonNull("episode_id") && !sent.hasNonNull(INFERENCE)) {
            return new Unfit(
                    "/episode_id",
                    "feedback is about one answer, not about an episode: name it by inference_id");
        }
        return switch (sent.path("metric_name").asString("")) {
            case "" -> new Unfit("/metric_name", "metric_name is not a name");
            case "comment" ->
                    new Unfit(
                            "/metric_name",
                            "a comment alone can't be held: send it in the field comment, beside the"
                                    + " value of a metric or beside a demonstration");
            case "demonstration" -> demonstration(sent);
            default -> metric(sent);
        };
    }

    private static Shaped demonstration(ObjectNode sent) {
        Optional<String> answer = answer(sent.path("value"));
        if (answer.isEmpty()) {
            return new Unfit("/value", "a demonstration's value is neither text nor text blocks");
        }
        ObjectNode fields = fields(sent);
        fields.put("answer", answer.get());
        return new Mapped(
                Topics.CORRECTIONS,
                fields,
                Map.of("/interactionId", "/" + INFERENCE, "/answer", "/value"));
    }

    private static Shaped metric(ObjectNode sent) {
        JsonNode value = sent.path("value");
        ObjectNode fields = fields(sent);
        if (value.isBoolean()) {
            Scores.thumb(fields, value.booleanValue());
        } else if (!value.isNumber() || !Scores.rating(fields, value.doubleValue())) {
            return new Unfit(
                    "/value", "a metric's value is neither true nor false nor " + Scores.RANGE);
        }
        return new Mapped(Topics.FEEDBACK, fields, Map.of("/interactionId", "/" + INFERENCE));
    }

    private static ObjectNode fields(ObjectNode sent) {
        ObjectNode fields = sent.deepCopy();
        fields.remove("value");
        if (sent.has(INFERENCE)) {
            fields.set("interactionId", sent.get(INFERENCE));
        }
        return fields;
    }

    /** Chat output is text or a list of content blocks. */
    private static Optional<String> answer(JsonNode value) {
        if (value.isString()) {
            return Optional.of(value.stringValue());
        }
        boolean blocks =
                value.isArray()
                        && !value.isEmpty()
                        && value.valueStream().allMatch(block -> block.path("text").isString());
        return blocks
                ? Optional.of(
                        value.valueStream()
                                .map(block -> block.get("text").stringValue())
                                .collect(Collectors.joining("\n")))
                : Optional.empty();
    }
}
