package io.millrace.ingest.gateway;

import io.millrace.ingest.redaction.Redaction;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingRequest;
import java.util.List;
import java.util.function.BiFunction;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where one kind of event comes in.
 *
 * @param id the field that names the event; made up when the caller gives none
 * @param defaults what the other fields hold when the caller leaves them out
 * @param redaction of one event by a given redaction
 */
record Endpoint<E extends Event>(
        String path,
        Topic<E> topic,
        String id,
        ObjectNode defaults,
        BiFunction<Redaction, E, E> redaction) {

    static final Endpoint<Interaction> INTERACTIONS =
            new Endpoint<>(
                    "/v1/interactions",
                    Topics.INTERACTIONS,
                    "interactionId",
                    defaults("{'principal': 'anonymous', 'tags': [], 'latencyMillis': 0}"),
                    Redaction::of);
    static final Endpoint<Feedback> FEEDBACK =
            new Endpoint<>(
                    "/v1/feedback",
                    Topics.FEEDBACK,
                    "feedbackId",
                    defaults("{'principal': 'anonymous'}"),
                    Redaction::of);
    static final Endpoint<Correction> CORRECTIONS =
            new Endpoint<>(
                    "/v1/corrections",
                    Topics.CORRECTIONS,
                    "correctionId",
                    defaults("{'principal': 'anonymous', 'revision': 0}"),
                    Redaction::of);
    static final Endpoint<Demonstration> DEMONSTRATIONS =
            new Endpoint<>(
                    "/v1/demonstrations",
                    Topics.DEMONSTRATIONS,
                    "demonstrationId",
                    defaults("{'principal': 'anonymous', 'tags': [], 'source': 'gateway'}"),
                    Redaction::of);

    /** Nobody is forgotten by default: the body or the header must name the principal. */
    static final Endpoint<Erasure> ERASURES =
            new Endpoint<>(
                    "/v1/erasures", Topics.ERASURES, "principal", defaults("{}"), Redaction::of);

    static final Endpoint<TrainingRequest> TRIGGERS =
            new Endpoint<>(
                    "/v1/triggers",
                    Topics.REQUESTS,
                    "triggerId",
                    defaults("{'kind': 'manual', 'reason': 'asked for by hand', 'examples': 0}"),
                    Redaction::of);

    static List<Endpoint<?>> all() {
        return List.of(INTERACTIONS, FEEDBACK, CORRECTIONS, DEMONSTRATIONS, ERASURES, TRIGGERS);
    }

    /** Where events of a topic come in. */
    static Endpoint<?> of(Topic<?> topic) {
        return all().stream()
                .filter(endpoint -> endpoint.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    /** What configuration calls it, such as {@code feedback}. */
    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static ObjectNode defaults(String json) {
        return EventJson.MAPPER.readValue(json.replace('\'', '"'), ObjectNode.class);
    }
}
