package io.millrace.deployer.serving;

import io.millrace.deployer.serving.ChatRequest.Origin;
import io.millrace.deployer.serving.ChatRequest.Sampling;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the body of {@code POST /v1/chat/completions} and refuses what it can't honour, rather than
 * answer something else than was asked. Fields it does not know are ignored.
 */
final class ChatRequestReader {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MAX_METADATA_CHARACTERS = 512;

    /** Fields that change the answer, and the values under which they change nothing. */
    private static final Map<String, Predicate<JsonNode>> UNSUPPORTED =
            Map.of(
                    "n", v -> v.isNumber() && v.doubleValue() == 1,
                    "stop", v -> v.isArray() && v.isEmpty(),
                    "tools", v -> v.isArray() && v.isEmpty(),
                    "functions", v -> v.isArray() && v.isEmpty(),
                    "logprobs", v -> v.isBoolean() && !v.booleanValue(),
                    "logit_bias", JsonNode::isEmpty,
                    "presence_penalty", v -> v.isNumber() && v.doubleValue() == 0,
                    "frequency_penalty", v -> v.isNumber() && v.doubleValue() == 0,
                    "response_format", v -> v.path("type").asString("").equals("text"));

    private ChatRequestReader() {}

    /**
     * Reads and checks a request.
     *
     * @throws ApiError when it is none, naming the field
     */
    static ChatRequest read(byte[] body) {
        Fields fields = new Fields(object(body), "");
        refuseUnsupported(fields);
        fields.required("model");
        String model = fields.text("model");
        return new ChatRequest(
                model == null ? "" : model,
                messages(fields.required("messages")),
                sampling(fields),
                origin(fields),
                fields.flag("stream"),
                fields.object("stream_options").flag("include_usage"));
    }

    private static JsonNode object(byte[] body) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            throw ApiError.notJson(e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw ApiError.notJson("it is " + json.getNodeType().name().toLowerCase(Locale.ROOT));
        }
        return json;
    }

    private static void refuseUnsupported(Fields fields) {
        UNSUPPORTED.forEach((field, harmless) -> {
            if (fields.has(field) && !harmless.test(fields.required(field))) {
                throw ApiError.unsupported(
                        field, "%s is not supported here: leave it out".formatted(field));
            }
        });
    }

    private static List<Message> messages(JsonNode array) {
        if (!array.isArray() || array.isEmpty()) {
            throw ApiError.invalid("messages", "messages must hold at least one message");
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            String path = "messages[%d]".formatted(i);
            if (!array.get(i).isObject()) {
                throw ApiError.invalid(path, path + " must be an object");
            }
            Fields message = new Fields(array.get(i), path + ".");
            messages.add(new Message(role(message), content(message)));
        }
        return messages;
    }

    private static Role role(Fields message) {
        String role = message.required("role").asString("");
        return switch (role) {
            case "system", "developer" -> Role.SYSTEM;
            case "user" -> Role.USER;
            case "assistant" -> Role.ASSISTANT;
            default ->
                    throw ApiError.invalid(
                            message.name("role"),
                            "%s must be system, developer, user or assistant"
                                    .formatted(message.name("role")));
        };
    }

    /** A string, or parts of type text, which are joined. */
    private static String content(Fields message) {
        JsonNode content = message.required("content");
        if (content.isString()) {
            return content.stringValue();
        }
        StringBuilder text = new StringBuilder();
        for (JsonNode part : content) {
            text.append(textOf(part, message.name("content")));
        }
        if (!content.isArray() || content.isEmpty()) {
            throw notText(message.name("content"));
        }
        return text.toString();
    }

    private static String textOf(JsonNode part, String name) {
        if (!part.path("type").asString("").equals("text") || !part.path("text").isString()) {
            throw notText(name);
        }
        return part.get("text").stringValue();
    }

    private static ApiError notText(String name) {
        return ApiError.invalid(name, name + " must be a string or parts of type text");
    }

    /** Greedy unless asked otherwise: that is how the gate judged the model. */
    private static Sampling sampling(Fields fields) {
        double temperature = fields.number("temperature", 0);
        if (!(temperature >= 0 && temperature <= 2)) {
            throw ApiError.invalid("temperature", "temperature must be between 0 and 2");
        }
        double topP = fields.number("top_p", 1);
        if (!(topP > 0 && topP <= 1)) {
            throw ApiError.invalid("top_p", "top_p must be above 0 and at most 1");
        }
        return new Sampling(maxTokens(fields), temperature, topP, fields.integer("seed"));
    }

    private static @Nullable Integer maxTokens(Fields fields) {
        String field = fields.has("max_completion_tokens") ? "max_completion_tokens" : "max_tokens";
        Long tokens = fields.integer(field);
        if (tokens == null) {
            return null;
        }
        if (tokens < 1) {
            throw ApiError.invalid(field, field + " must be at least 1");
        }
        return (int) Math.min(tokens, Integer.MAX_VALUE);
    }

    private static Origin origin(Fields fields) {
        Fields metadata = fields.object("metadata");
        return new Origin(
                principal(fields.text("user")),
                brief(metadata, "conversation_id"),
                tags(brief(metadata, "tags")));
    }

    private static PrincipalId principal(@Nullable String user) {
        if (user == null) {
            return Origin.ANONYMOUS;
        }
        try {
            return new PrincipalId(user);
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("user", "user: " + e.getMessage());
        }
    }

    private static @Nullable String brief(Fields metadata, String field) {
        String value = metadata.text(field);
        if (value != null && value.length() > MAX_METADATA_CHARACTERS) {
            throw ApiError.invalid(
                    metadata.name(field),
                    "%s must have at most %d characters"
                            .formatted(metadata.name(field), MAX_METADATA_CHARACTERS));
        }
        return value;
    }

    private static List<String> tags(@Nullable String joined) {
        return joined == null
                ? List.of()
                : Arrays.stream(joined.split(",", -1))
                        .map(String::strip)
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .toList();
    }
}
