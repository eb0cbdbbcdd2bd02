package io.millrace.ingest.gateway.shape;

import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Tells by its fields which shape an object has. */
public final class Shapes {

    private static final Set<String> INTERACTION =
            Set.of("interactionId", "model", "messages", "answer");
    private static final Set<String> FEEDBACK =
            Set.of("feedbackId", "interactionId", "kind", "value");

    private Shapes() {}

    /**
     * What an object that was posted for a topic amounts to.
     *
     * @param sent belongs to the answer from here on, which may hold it as it is
     */
    public static Shaped of(Topic<?> topic, ObjectNode sent) {
        if (topic.equals(Topics.INTERACTIONS)) {
            return interaction(sent);
        }
        return topic.equals(Topics.FEEDBACK) ? feedback(sent) : ours(topic, sent);
    }

    private static Shaped interaction(ObjectNode sent) {
        if (sent.has("request") || sent.has("response")) {
            return OpenAiPair.map(sent);
        }
        return has(sent, INTERACTION)
                ? ours(Topics.INTERACTIONS, sent)
                : new Shaped.Unfit(
                        "",
                        "it is neither an interaction (model, messages, answer) nor an OpenAI pair"
                                + " (request, response)");
    }

    private static Shaped feedback(ObjectNode sent) {
        if (sent.has("metric_name")) {
            return TensorZeroFeedback.map(sent);
        }
        if (sent.has("traceId")) {
            return LangfuseScore.map(sent);
        }
        return has(sent, FEEDBACK)
                ? ours(Topics.FEEDBACK, sent)
                : new Shaped.Unfit(
                        "",
                        "it is neither feedback (interactionId, kind, value) nor TensorZero's"
                                + " (metric_name, value, inference_id) nor a Langfuse score (traceId,"
                                + " name, value)");
    }

    private static boolean has(ObjectNode sent, Set<String> anyOf) {
        return anyOf.stream().anyMatch(sent::has);
    }

    private static Shaped ours(Topic<?> topic, ObjectNode sent) {
        return new Shaped.Mapped(topic, sent, Map.of());
    }
}
