package io.millrace.model.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.model.FuzzedDirectory;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as {@code chat_format.yaml}. */
class ChatMarkupFuzzTest {

    private static final FuzzedDirectory DIRECTORY = new FuzzedDirectory(ChatFormats.OWN);

    static Stream<Arguments> formats() {
        String whole =
                """
                name: mine
                variables: {bos: <s>, eos: </s>, date: 1 Jan 2026}
                opening: "{bos}{date}"
                default-system: Be brief.
                system: {place: last-turn, before: "[", after: "]"}
                alternating: true
                trim: turn
                turns:
                  assistant: {before: "A", start: " ", end: "{eos}", after: "\\n"}
                  other: {before: "{role}", after: "."}
                closing: "{eos}"
                """;
        return Stream.of(whole, "{}", "~", "&#", "&a [*a]", "name: !!java.net.URL [x]")
                .map(yaml -> Arguments.of((Object) yaml.getBytes(UTF_8)));
    }

    @MethodSource("formats")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreAFormatThatRendersOrRefused(byte[] input) throws IOException {
        try {
            ChatMarkup markup = ChatFormats.of(DIRECTORY.with(input));
            List<ChatMessage> lesson =
                    List.of(ChatMessage.user("a"), new ChatMessage("assistant", "b"));
            if (markup.render(lesson, false) instanceof Rendering.Rendered rendered) {
                assertThat(rendered.spans()).hasSize(1);
            }
        } catch (ModelException e) {
            assertThat(e.getMessage()).startsWith("chat format " + DIRECTORY.file());
        }
    }
}
