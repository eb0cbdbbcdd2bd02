package io.millrace.ingest.gateway.shape;

import io.millrace.ingest.gateway.shape.Shaped.Mapped;
import io.millrace.ingest.gateway.shape.Shaped.Unfit;
import io.millrace.schemas.Topics;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A score as Langfuse's {@code POST /api/public/scores} takes it. {@code traceId} names the
 * interaction and {@code id}, when given, the feedback. BOOLEAN is a thumb, NUMERIC a share of the
 * best ({@link Scores}), CATEGORICAL a thumb where the category is a plain word for good or bad.
 * Without a data type the value tells.
 */
final class LangfuseScore {

    private static final Set<String> GOOD =
            Set.of("up", "good", "positive", "correct", "yes", "true");
    private static final Set<String> BAD =
            Set.of("down", "bad", "negative", "incorrect", "no", "false");

    private LangfuseScore() {}

    static Shaped map(ObjectNode sent) {
        ObjectNode fields = sent.deepCopy();
        fields.set("interactionId", sent.get("traceId"));
        fields.remove("value");
        Map<String, String> origins = new HashMap<>(Map.of("/interactionId", "/traceId"));
        if (sent.hasNonNull("id")) {
            fields.set("feedbackId", sent.get("id"));
            origins.put("/feedbackId", "/id");
        }
        JsonNode value = sent.path("value");
        String type =
                sent.hasNonNull("dataType") ? sent.get("dataType").asString("") : typeOf(value);
        return switch (type) {
            case "BOOLEAN" -> truth(fields, value, origins);
            case "NUMERIC" ->
                    value.isNumber() && Scores.rating(fields, value.doubleValue())
                            ? new Mapped(Topics.FEEDBACK, fields, origins)
                            : new Unfit("/value", "a NUMERIC value is not " + Scores.RANGE);
            case "CATEGORICAL" -> category(fields, value, origins);
            default ->
                    new Unfit("/dataType", "dataType is not one of NUMERIC, BOOLEAN, CATEGORICAL");
        };
    }

    private static String typeOf(JsonNode value) {
        if (value.isBoolean()) {
            return "BOOLEAN";
        }
        return value.isString() ? "CATEGORICAL" : "NUMERIC";
    }

    private static Shaped truth(ObjectNode fields, JsonNode value, Map<String, String> origins) {
        boolean number = value.isNumber() && (value.doubleValue() == 0 || value.doubleValue() == 1);
        if (!value.isBoolean() && !number) {
            return new Unfit("/value", "a BOOLEAN value is not 0 or 1");
        }
        Scores.thumb(fields, number ? value.doubleValue() == 1 : value.booleanValue());
        return new Mapped(Topics.FEEDBACK, fields, origins);
    }

    private static Shaped category(ObjectNode fields, JsonNode value, Map<String, String> origins) {
        String category = value.asString("").toLowerCase(Locale.ROOT);
        if (!GOOD.contains(category) && !BAD.contains(category)) {
            return new Unfit(
                    "/value",
                    "a CATEGORICAL value is none of up, good, positive, correct, yes, true or down,"
                            + " bad, negative, incorrect, no, false: send it as NUMERIC from 0 to 1");
        }
        Scores.thumb(fields, GOOD.contains(category));
        return new Mapped(Topics.FEEDBACK, fields, origins);
    }
}
