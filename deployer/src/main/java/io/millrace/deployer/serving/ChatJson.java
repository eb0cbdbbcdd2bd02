package io.millrace.deployer.serving;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.millrace.model.Generation;
import io.millrace.schemas.InteractionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * Replies in OpenAI's formats: {@code chat.completion}, {@code chat.completion.chunk}, the list of
 * models, errors. Clients check for fields that are null here ({@code refusal}, {@code logprobs}).
 */
final class ChatJson {

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();
    private static final String STREAM_END = "data: [DONE]\n\n";

    private ChatJson() {}

    /** What every reply to one request repeats. */
    record Head(InteractionId interaction, long created) {

        String id() {
            return "chatcmpl-" + interaction;
        }
    }

    private record Completion(
            String id,
            String object,
            long created,
            String model,
            List<Choice> choices,
            Usage usage) {}

    private record Choice(
            int index, Said message, @Nullable Object logprobs, String finishReason) {}

    private record Said(String role, String content, @Nullable String refusal) {}

    private record Usage(int promptTokens, int completionTokens, int totalTokens) {

        Usage(Generation generation) {
            this(
                    generation.promptTokens(),
                    generation.responseTokens(),
                    generation.promptTokens() + generation.responseTokens());
        }
    }

    private record Chunk(
            String id,
            String object,
            long created,
            String model,
            List<ChunkChoice> choices,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Usage usage) {}

    private record ChunkChoice(
            int index, Delta delta, @Nullable Object logprobs, @Nullable String finishReason) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Delta(@Nullable String role, @Nullable String content) {}

    private record Failure(
            String message, String type, @Nullable String param, @Nullable String code) {}

    private record Model(
            String id, String object, long created, String ownedBy, String root, String parent) {}

    static byte[] completion(Head head, Answer answer) {
        Generation generation = answer.generation();
        return JSON.writeValueAsBytes(
                new Completion(
                        head.id(),
                        "chat.completion",
                        head.created(),
                        answer.model(),
                        List.of(
                                new Choice(
                                        0,
                                        new Said("assistant", generation.text(), null),
                                        null,
                                        finishReason(generation))),
                        new Usage(generation)));
    }

    /**
     * The whole answer as server-sent events: the role, the text, why it ended, the counts if
     * wanted.
     */
    static byte[] stream(Head head, Answer answer, boolean withUsage) {
        Generation generation = answer.generation();
        List<Chunk> chunks = new ArrayList<>();
        chunks.add(chunk(head, answer, new Delta("assistant", ""), null));
        if (!generation.text().isEmpty()) {
            chunks.add(chunk(head, answer, new Delta(null, generation.text()), null));
        }
        chunks.add(chunk(head, answer, new Delta(null, null), finishReason(generation)));
        if (withUsage) {
            chunks.add(chunk(head, answer, List.of(), new Usage(generation)));
        }
        StringBuilder events = new StringBuilder();
        for (Chunk chunk : chunks) {
            events.append("data: ").append(JSON.writeValueAsString(chunk)).append("\n\n");
        }
        return events.append(STREAM_END).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Chunk chunk(Head head, Answer answer, Delta delta, @Nullable String finish) {
        return chunk(head, answer, List.of(new ChunkChoice(0, delta, null, finish)), null);
    }

    private static Chunk chunk(
            Head head, Answer answer, List<ChunkChoice> choices, @Nullable Usage usage) {
        return new Chunk(
                head.id(), "chat.completion.chunk", head.created(), answer.model(), choices, usage);
    }

    /**
     * The list of models.
     *
     * @param names each name that can be asked for and the model behind it
     */
    static byte[] models(Map<String, String> names, long created) {
        List<Model> models =
                names.entrySet().stream()
                        .map(name ->
                                new Model(
                                        name.getKey(),
                                        "model",
                                        created,
                                        "millrace",
                                        name.getValue(),
                                        LiveModels.BASE))
                        .toList();
        return JSON.writeValueAsBytes(Map.of("object", "list", "data", models));
    }

    static byte[] error(ApiError error) {
        return JSON.writeValueAsBytes(
                Map.of(
                        "error",
                        new Failure(
                                String.valueOf(error.getMessage()),
                                error.type(),
                                error.param(),
                                error.code())));
    }

    private static String finishReason(Generation generation) {
        return switch (generation.finishReason()) {
            case STOP -> "stop";
            case LENGTH -> "length";
        };
    }
}
