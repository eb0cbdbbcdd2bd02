package io.millrace.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded renderings of the models' own templates, from the folder that {@code conformance.dir}
 * names. Templates for training record what the assistant generates; the white space around an
 * answer and its end token, and a second end token after the last, belong to their markup.
 */
@EnabledIfSystemProperty(named = "conformance.dir", matches = ".+")
class ChatConformanceTest {

    private static final Map<String, String> OTHER_NAMES =
            Map.of(
                    "mistral_v01",
                    "mistral",
                    "mistral_v3_tekken",
                    "mistral_v3",
                    "zephyr_tinyllama",
                    "zephyr");

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("dd MMM yyyy", Locale.US);

    record Case(String id, ChatMarkup markup, JsonNode json) {

        Rendering render() {
            JsonNode context = json.path("context");
            String now = json.path("strftime_now").asString();
            Map<String, String> variables = new HashMap<>();
            variables.put("bos", context.path("bos_token").asString());
            variables.put("eos", context.path("eos_token").asString());
            variables.put("date", DAY.format(LocalDateTime.parse(now)));
            List<ChatMessage> messages =
                    context.path("messages")
                            .valueStream()
                            .map(message ->
                                    new ChatMessage(
                                            message.path("role").asString(),
                                            message.path("content").asString()))
                            .toList();
            return markup.with(variables)
                    .render(messages, context.path("add_generation_prompt").asBoolean());
        }

        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Case> cases() throws IOException {
        Path folder = Path.of(System.getProperty("conformance.dir", ""));
        return Files.readAllLines(folder.resolve("chat_renderings.jsonl")).stream()
                .map(JsonMapper.shared()::readTree)
                .filter(json -> !json.path("context").hasNonNull("tools"))
                .flatMap(json -> of(json).stream());
    }

    private static Optional<Case> of(JsonNode json) {
        String template =
                json.path("template").asString().replace(".jinja", "").replace("_training", "");
        String name = OTHER_NAMES.getOrDefault(template, template);
        return ChatFormats.names().contains(name)
                ? Optional.of(new Case(json.path("id").asString(), ChatFormats.named(name), json))
                : Optional.empty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void conversationsAreRenderedAndRefusedAsTheTemplateDoes(Case recorded) {
        switch (recorded.render()) {
            case Rendering.Refused(String reason) ->
                    assertThat(recorded.json().has("error")).as(reason).isTrue();
            case Rendering.Rendered rendered -> {
                assertThat(rendered.text()).isEqualTo(recorded.json().path("expected").asString());
                if (recorded.json().path("template").asString().contains("_training")) {
                    assertThat(learned(rendered.text(), rendered.spans()))
                            .isEqualTo(learned(rendered.text(), spans(recorded)));
                }
            }
        }
    }

    private static List<Rendering.Span> spans(Case recorded) {
        return recorded.json()
                .path("generation_spans")
                .valueStream()
                .map(span -> new Rendering.Span(span.path(0).asInt(), span.path(1).asInt()))
                .filter(span -> span.start() == 0 || !isSecondEnd(recorded, span))
                .toList();
    }

    /** Whether a span is nothing but the token that ends the whole text. */
    private static boolean isSecondEnd(Case recorded, Rendering.Span span) {
        String text = recorded.json().path("expected").asString();
        String closing = recorded.markup().filled(recorded.markup().closing());
        return !closing.isEmpty()
                && text.endsWith(closing)
                && span.end() - span.start() == closing.length()
                && span.end() == text.codePointCount(0, text.length());
    }

    /** Spans without the white space at their ends. */
    private static List<Rendering.Span> learned(String text, List<Rendering.Span> spans) {
        int[] characters = text.codePoints().toArray();
        return spans.stream()
                .map(span -> {
                    int from = span.start();
                    int to = span.end();
                    while (from < to && Character.isWhitespace(characters[from])) {
                        from++;
                    }
                    while (from < to && Character.isWhitespace(characters[to - 1])) {
                        to--;
                    }
                    return new Rendering.Span(from, to);
                })
                .toList();
    }
}
