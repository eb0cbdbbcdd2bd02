package io.millrace.ingest.gateway.shape;

import io.millrace.ingest.gateway.shape.Shaped.Mapped;
import io.millrace.ingest.gateway.shape.Shaped.Unfit;
import io.millrace.schemas.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat completion as OpenAI's clients see it, {@code {"request": {…}, "response": {…}}}: the
 * response's id names the interaction, its first choice is the answer, the request's user is the
 * principal. Fields of ours may stand beside the two, such as {@code tags}. Streams, tools, images
 * and several choices can't be held.
 */
final class OpenAiPair {

    private static final String CHOICES = "/response/choices";
    private static final String CONTENT = CHOICES + "/0/message/content";

    private final ObjectNode sent;
    private final ObjectNode fields;
    private final Map<String, String> origins = new HashMap<>();

    private OpenAiPair(ObjectNode sent) {
        this.sent = sent;
        this.fields = sent.deepCopy();
        fields.remove("request");
        fields.remove("response");
    }

    static Shaped map(ObjectNode sent) {
        for (String half : new String[] {"request", "response"}) {
            if (!sent.path(half).isObject()) {
                return new Unfit("/" + half, half + " must be OpenAI's " + half + ", an object");
            }
        }
        return new OpenAiPair(sent).map();
    }

    private Shaped map() {
        JsonNode choices = sent.at(CHOICES);
        if (choices.size() != 1) {
            return new Unfit(
                    CHOICES,
                    "an interaction has one answer: send one choice, and several as interactions of"
                            + " their own");
        }
        Optional<Unfit> flaw = messages();
        if (flaw.isPresent()) {
            return flaw.get();
        }
        flaw = answer();
        if (flaw.isPresent()) {
            return flaw.get();
        }
        take("interactionId", "/response/id");
        take("principal", "/request/user");
        take(
                "model",
                sent.at("/response/model").isMissingNode() ? "/request/model" : "/response/model");
        return created()
                .<Shaped>map(e -> e)
                .orElse(new Mapped(Topics.INTERACTIONS, fields, origins));
    }

    private Optional<Unfit> messages() {
        JsonNode messages = sent.at("/request/messages");
        if (!messages.isArray()) {
            return Optional.of(new Unfit("/request/messages", "messages is not a list"));
        }
        ArrayNode ours = fields.putArray("messages");
        for (int i = 0; i < messages.size(); i++) {
            String at = "/request/messages/" + i;
            JsonNode message = messages.get(i);
            String role = message.path("role").asString("");
            if (!role.matches("system|developer|user|assistant")
                    || message.hasNonNull("tool_calls")) {
                return Optional.of(
                        new Unfit(
                                at + (message.hasNonNull("tool_calls") ? "/tool_calls" : "/role"),
                                "a message is of system, developer, user or assistant, without tools:"
                                        + " leave out conversations with others"));
            }
            Optional<String> text = text(message.path("content"));
            if (text.isEmpty()) {
                return Optional.of(notText(at + "/content"));
            }
            ours.addObject()
                    .put("role", role.equals("developer") ? "system" : role)
                    .put("content", text.get());
        }
        origins.put("/messages", "/request/messages");
        return Optional.empty();
    }

    private Optional<Unfit> answer() {
        Optional<String> answer = text(sent.at(CONTENT));
        if (answer.isEmpty()) {
            return Optional.of(notText(CONTENT));
        }
        fields.put("answer", answer.get());
        origins.put("/answer", CONTENT);
        return Optional.empty();
    }

    private void take(String field, String from) {
        JsonNode value = sent.at(from);
        if (!value.isMissingNode() && !fields.hasNonNull(field)) {
            fields.set(field, value);
        }
        if (!sent.hasNonNull(field)) {
            origins.put("/" + field, from);
        }
    }

    /** OpenAI counts seconds since 1970. */
    private Optional<Unfit> created() {
        JsonNode created = sent.at("/response/created");
        if (created.isMissingNode() || created.isNull() || fields.hasNonNull("occurredAt")) {
            return Optional.empty();
        }
        if (!created.canConvertToInt()) {
            return Optional.of(
                    new Unfit("/response/created", "created is not in whole seconds since 1970"));
        }
        fields.put("occurredAt", Instant.ofEpochSecond(created.intValue()).toString());
        origins.put("/occurredAt", "/response/created");
        return Optional.empty();
    }

    /** Content is one text or a list of text parts; empty when it is neither. */
    private static Optional<String> text(JsonNode content) {
        if (content.isString()) {
            return Optional.of(content.stringValue());
        }
        if (!content.isArray() || content.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            if (!part.path("text").isString()) {
                return Optional.empty();
            }
            text.append(text.isEmpty() ? "" : "\n").append(part.get("text").stringValue());
        }
        return Optional.of(text.toString());
    }

    private static Unfit notText(String at) {
        return new Unfit(at, "content is neither text nor a list of text parts");
    }
}
