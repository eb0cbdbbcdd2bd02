package io.millrace.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.TinyModel;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChatFormatsTest {

    @TempDir Path directory;

    static List<String> formats() {
        return ChatFormats.names();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aTemplateIsRecognisedByTheMarksOfItsFormatAlone(String name) throws IOException {
        ChatMarkup.Marks marks = Objects.requireNonNull(ChatFormats.named(name).marks());
        config("chat_template", String.join(" then ", marks.template()));

        assertThat(ChatFormats.of(directory).name()).isEqualTo(name);
    }

    @Test
    void theTemplateThatIsWrittenForOurOwnModelIsChatMl() throws IOException {
        ModelConfig shape = TinyModel.config();
        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                ChatFormat.tokenizerConfig(shape, "<|endoftext|>"));

        assertThat(ChatFormats.of(directory).name()).isEqualTo("chatml");
    }

    @Test
    void aTemplateFileComesBeforeTheTemplateInTheConfiguration() throws IOException {
        config("chat_template", "<start_of_turn> first_user_prefix must alternate");
        Files.writeString(
                directory.resolve("chat_template.jinja"),
                "<start_of_turn> 'System role not supported' 'must alternate'");

        assertThat(ChatFormats.of(directory).name()).isEqualTo("gemma");
    }

    @Test
    void ofSeveralTemplatesTheDefaultCounts() throws IOException {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        var templates = json.putArray("chat_template");
        templates
                .addObject()
                .put("name", "tool_use")
                .put("template", "[INST] <<SYS>> must alternate strip()");
        templates
                .addObject()
                .put("name", "default")
                .put("template", "<|start_header_id|> <|eot_id|>");
        Files.writeString(directory.resolve("tokenizer_config.json"), json.toString());

        assertThat(ChatFormats.of(directory).name()).isEqualTo("llama3");
    }

    @Test
    void withoutATemplateTheSpecialTokensTell() throws IOException {
        Files.writeString(directory.resolve("tokenizer.json"), TinyModel.tokenizer());

        assertThat(ChatFormats.of(directory).name()).isEqualTo("chatml");
    }

    @ParameterizedTest
    @CsvSource({
        "<|im_start|> You are Qwen2 message['role'] message['content']",
        "<|im_start|> enable_thinking <tool_call> message.content is string",
        "{{ something.else }}"
    })
    void aTemplateOfNoKnownFormatIsRefusedWithWhatToDo(String template) throws IOException {
        config("chat_template", template);

        assertThatThrownBy(() -> ChatFormats.of(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(
                        directory.toString(), "no known chat format", "chat_format.yaml", "llama3");
    }

    @Test
    void tokensThatTellNoFormatAreRefusedWithWhatToDo() throws IOException {
        Files.writeString(
                directory.resolve("tokenizer.json"),
                TinyModel.tokenizer().replace("<|im_end|>", "<|over|>"));

        assertThatThrownBy(() -> ChatFormats.of(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("no chat template", "chat_format.yaml");
    }

    @Test
    void aFormatInTheDirectoryItselfSettlesTheQuestion() throws IOException {
        config("chat_template", "<|start_header_id|> <|eot_id|>");
        Files.writeString(
                directory.resolve("chat_format.yaml"),
                "{name: mine, turns: {assistant: {end: '#'}, other: {after: '|'}}}");

        assertThat(ChatFormats.of(directory).name()).isEqualTo("mine");
    }

    @Test
    void theTokensOfTheConfigurationAreWritten() throws IOException {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("chat_template", "[INST] <<SYS>> must alternate strip()")
                .put("bos_token", "<start>");
        json.putObject("eos_token").put("content", "<stop>");
        Files.writeString(directory.resolve("tokenizer_config.json"), json.toString());

        Rendering rendering =
                ChatFormats.of(directory)
                        .render(
                                List.of(ChatMessage.user("a"), new ChatMessage("assistant", "b")),
                                false);

        assertThat(rendering)
                .isInstanceOfSatisfying(
                        Rendering.Rendered.class,
                        rendered ->
                                assertThat(rendered.text())
                                        .isEqualTo("<start>[INST] a [/INST] b <stop>"));
    }

    @Test
    void anUnknownNameIsRefusedWithThoseThatAreKnown() {
        assertThatThrownBy(() -> ChatFormats.named("llama9"))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll("'llama9'", "llama3_2", "zephyr");
    }

    private void config(String field, String value) throws IOException {
        Files.writeString(
                directory.resolve("tokenizer_config.json"),
                JsonMapper.shared().createObjectNode().put(field, value).toString());
    }
}
