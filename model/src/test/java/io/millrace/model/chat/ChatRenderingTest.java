package io.millrace.model.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each format makes of the same conversations, as {@code rendered/NAME.txt} among the test's
 * resources has it; what carries loss stands between ⟦ and ⟧. To write those files again, run this
 * test with {@code -Dgolden.write=true} and read the difference.
 */
class ChatRenderingTest {

    private static final Path GOLDEN =
            Path.of("src/test/resources/io/millrace/model/chat/rendered");

    private record Conversation(boolean toBeAnswered, List<ChatMessage> messages) {

        Conversation(boolean toBeAnswered, ChatMessage... messages) {
            this(toBeAnswered, List.of(messages));
        }
    }

    private static Map<String, Conversation> conversations() {
        Map<String, Conversation> all = new LinkedHashMap<>();
        all.put("a question", new Conversation(true, user("What turns a mill?")));
        all.put(
                "a lesson",
                new Conversation(false, user("What turns a mill?"), assistant("Water.")));
        all.put(
                "a system message and three turns",
                new Conversation(
                        true, system("Be brief."), user("Wind?"), assistant("Air."), user("So?")));
        all.put(
                "a system message and a lesson",
                new Conversation(false, system("Be brief."), user("Wind?"), assistant("Air.")));
        all.put(
                "white space around",
                new Conversation(false, system(" Be\n"), user("\n Wind \t"), assistant(" Air. ")));
        all.put(
                "nothing said",
                new Conversation(true, system(""), user(""), assistant(""), user("")));
        all.put(
                "a late system message",
                new Conversation(
                        true, user("Wind?"), assistant("Air."), system("Be brief."), user("So?")));
        all.put("two questions", new Conversation(true, user("Wind?"), user("Water?")));
        all.put("an answer to go on from", new Conversation(true, user("Go"), assistant("Now")));
        all.put(
                "another role",
                new Conversation(true, user("Wind?"), new ChatMessage("critic", "Bah.")));
        return all;
    }

    static List<String> formats() {
        return ChatFormats.names();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void eachFormatRendersAsItsGoldenFileHasIt(String name) throws IOException {
        Path golden = GOLDEN.resolve(name + ".txt");
        String rendered =
                conversations().entrySet().stream()
                        .map(entry ->
                                "=== %s%n%s%n"
                                        .formatted(entry.getKey(), shown(name, entry.getValue())))
                        .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, rendered);
        }

        assertThat(rendered).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFormatIsNamedAsItsFile(String name) {
        assertThat(ChatFormats.named(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theLossCoversEachAnswerAndItsEndTokenAndNothingElse(String name) {
        ChatMarkup markup = ChatFormats.named(name);
        String end = markup.filled(markup.turns().assistant().end()).strip();

        Rendering.Rendered rendered =
                rendered(
                        markup.render(
                                List.of(
                                        user("a\ud83d\ude00b"),
                                        assistant("first \ud83d\ude00"),
                                        user("c"),
                                        assistant("second")),
                                false));

        assertThat(learned(rendered).stream().map(text -> text.strip().replace(" " + end, end)))
                .containsExactly("first \ud83d\ude00" + end, "second" + end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama3", "llama3_2", "gemma", "llama2"})
    void whiteSpaceIsPythons(String name) {
        String white = "\u00a0\u0085\u2003\u3000\u2028\u001c\u000b ";

        Rendering.Rendered rendered =
                rendered(
                        ChatFormats.named(name)
                                .render(List.of(user(white + "\u200bx\u180e" + white)), true));

        assertThat(rendered.text()).contains("\u200bx\u180e").doesNotContain("\u00a0", "\u0085");
    }

    @ParameterizedTest
    @CsvSource({"26 Jul 2024, ", "04 Mar 2025, 04 Mar 2025"})
    void theDateIsTheOneThatIsGiven(String written, String given) {
        ChatMarkup markup = ChatFormats.named("llama3_2");

        Rendering rendering =
                (given == null ? markup : markup.with(Map.of("date", given)))
                        .render(List.of(user("x")), true);

        assertThat(rendered(rendering).text()).contains("Today Date: " + written + "\n\n");
    }

    @Test
    void contentThatLooksLikeAVariableStaysAsItIs() {
        String content = "{bos}{eos}{role}{date}$1\\";

        Rendering.Rendered rendered =
                rendered(
                        ChatFormats.named("mistral")
                                .with(Map.of("bos", "$0\\", "eos", "{bos}"))
                                .render(List.of(user(content), assistant(content)), false));

        assertThat(rendered.text())
                .isEqualTo("$0\\[INST] " + content + " [/INST]" + content + "{bos} ");
    }

    @Test
    void aConversationWithoutMessagesIsRefused() {
        assertThat(ChatFormats.named("chatml").render(List.of(), true))
                .isEqualTo(
                        new Rendering.Refused(
                                "messages is empty: a conversation has at least one"));
    }

    private static String shown(String name, Conversation conversation) {
        ChatMarkup markup = ChatFormats.named(name).with(Map.of("bos", "<bos>", "eos", "<eos>"));
        return switch (markup.render(conversation.messages(), conversation.toBeAnswered())) {
            case Rendering.Refused(String reason) -> "refused: " + reason;
            case Rendering.Rendered rendered -> marked(rendered);
        };
    }

    private static String marked(Rendering.Rendered rendered) {
        StringBuilder text = new StringBuilder(rendered.text());
        for (Rendering.Span span : rendered.spans().reversed()) {
            text.insert(text.offsetByCodePoints(0, span.end()), '⟧');
            text.insert(text.offsetByCodePoints(0, span.start()), '⟦');
        }
        return text.toString();
    }

    private static List<String> learned(Rendering.Rendered rendered) {
        String text = rendered.text();
        return rendered.spans().stream()
                .map(span ->
                        text.substring(
                                text.offsetByCodePoints(0, span.start()),
                                text.offsetByCodePoints(0, span.end())))
                .toList();
    }

    private static Rendering.Rendered rendered(Rendering rendering) {
        return Stream.of(rendering)
                .filter(Rendering.Rendered.class::isInstance)
                .map(Rendering.Rendered.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError(rendering));
    }

    private static ChatMessage user(String content) {
        return ChatMessage.user(content);
    }

    private static ChatMessage system(String content) {
        return new ChatMessage("system", content);
    }

    private static ChatMessage assistant(String content) {
        return new ChatMessage("assistant", content);
    }
}
