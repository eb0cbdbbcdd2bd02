package io.millrace.launcher.command;

import io.millrace.model.chat.ChatMarkup;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Rendering;
import io.millrace.runtime.UsageException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A conversation to render, from a line of JSON with the names that Hugging Face's templates know.
 * Null counts as missing; what is not known is an error.
 *
 * @param id a string or a number
 * @param variables of the format
 * @param tools whether it gives or calls tools
 */
record ConversationLine(
        JsonNode id,
        List<ChatMessage> messages,
        boolean toBeAnswered,
        Map<String, String> variables,
        boolean tools) {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.US);

    private static final Set<String> KNOWN =
            Set.of(
                    "id",
                    "messages",
                    "add_generation_prompt",
                    "bos_token",
                    "eos_token",
                    "strftime_now",
                    "tools");

    /**
     * Reads a line.
     *
     * @param place which line, for the message
     * @throws UsageException naming the line, the field and what it must be
     */
    static ConversationLine parse(String line, String place) {
        try {
            return parse(JSON.readTree(line));
        } catch (JacksonException e) {
            throw new UsageException(
                    "%s is not JSON: %s".formatted(place, e.getOriginalMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException("%s: %s".formatted(place, e.getMessage()), e);
        }
    }

    /** The conversation, laid out. */
    Rendering render(ChatMarkup markup) {
        return tools
                ? new Rendering.Refused(
                        "tools are not supported: render conversations without them")
                : markup.with(variables).render(messages, toBeAnswered);
    }

    private static ConversationLine parse(JsonNode line) {
        requireObject(line, "a line", KNOWN);
        JsonNode id = line.path("id");
        require(id.isString() || id.isNumber(), "id must be a string or a number");
        JsonNode messages = line.path("messages");
        require(messages.isArray(), "messages must be an array of objects with role and content");
        boolean tools =
                line.hasNonNull("tools")
                        || messages.valueStream().anyMatch(ConversationLine::callsTools);
        List<ChatMessage> turns = new ArrayList<>();
        for (int i = 0; i < messages.size() && !tools; i++) {
            turns.add(message(messages.path(i), "messages[%d]".formatted(i)));
        }
        return new ConversationLine(
                id, turns, flag(line, "add_generation_prompt"), variables(line), tools);
    }

    private static boolean callsTools(JsonNode message) {
        return message.hasNonNull("tool_calls") || message.hasNonNull("tool_call_id");
    }

    private static ChatMessage message(JsonNode message, String field) {
        requireObject(message, field, Set.of("role", "content"));
        String role = text(message, "role", field + ".role");
        try {
            return new ChatMessage(role, text(message, "content", field + ".content"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, String> variables(JsonNode line) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : List.of("bos", "eos")) {
            String field = variable + "_token";
            if (line.hasNonNull(field)) {
                variables.put(variable, text(line, field, field));
            }
        }
        if (line.hasNonNull("strftime_now")) {
            variables.put("date", DAY.format(time(text(line, "strftime_now", "strftime_now"))));
        }
        return variables;
    }

    private static LocalDateTime time(String text) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "strftime_now must be a time such as 2025-03-04T15:06:07", e);
        }
    }

    private static boolean flag(JsonNode line, String field) {
        JsonNode value = line.path(field);
        require(value.isBoolean() || !line.hasNonNull(field), field + " must be true or false");
        return value.booleanValue(false);
    }

    private static String text(JsonNode object, String key, String field) {
        JsonNode value = object.path(key);
        require(value.isString(), field + " must be a string");
        return value.stringValue();
    }

    private static void requireObject(JsonNode value, String field, Set<String> known) {
        require(value.isObject(), field + " must be a JSON object");
        value.propertyStream()
                .filter(property -> !property.getValue().isNull())
                .map(Map.Entry::getKey)
                .filter(key -> !known.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException(
                            "%s has an unknown field '%s'; known are %s"
                                    .formatted(field, key, known.stream().sorted().toList()));
                });
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what);
        }
    }
}
