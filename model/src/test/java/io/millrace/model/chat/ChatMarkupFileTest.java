package io.millrace.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatMarkupFileTest {

    @TempDir Path directory;

    @Test
    void whatIsLeftOutIsNothing() {
        ChatMarkup markup =
                ChatMarkupFile.parse("{name: least, turns: {assistant: {end: '#'}}}", "x");

        assertThat(markup.opening()).isEmpty();
        assertThat(markup.closing()).isEmpty();
        assertThat(markup.specialTokens()).isEmpty();
        assertThat(markup.alternating()).isFalse();
        assertThat(markup.defaultSystem()).isNull();
        assertThat(markup.system()).isNull();
        assertThat(markup.turns().assistant())
                .isEqualTo(new ChatMarkup.AssistantTurn("", "", "#", ""));
    }

    @Test
    void jsonIsReadAsYamlIs() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("mine.json"),
                        """
                        {"name": "mine", "trim": "turn", "turns": {"assistant": {"end": "#"}}}
                        """);

        assertThat(ChatMarkupFile.read(file).trim()).isEqualTo(ChatMarkup.Trim.TURN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "turns: {assistant: {end: '#'}}                     | name must say",
                "{name: x} | turns is missing",
                "{name: x, turns: {user: {before: a}}}              | assistant",
                "{name: x, turns: {assistant: {before: a}}}         | end",
                "{name: x, turns: {assistant: {end: ' '}}}          | turns.assistant: end must name",
                "{name: x, open: a, turns: {assistant: {end: '#'}}}        | unknown key 'open'; known there are",
                "{name: x, turns: {assistant: {end: '#', stop: a}}} | unknown key 'turns.assistant.stop'",
                "{name: x, turns: {asistant: {end: '#'}}}  | turns.assistant is missing",
                "{name: x, trim: all, turns: {assistant: {end: a}}} | trim: 'all' is none of [content, turn]",
                "{name: x, name: y, turns: {assistant: {end: '#'}}} | name",
                "{name: x, variables: {pad: a}, turns: {assistant: {end: '#'}}} | 'pad' is none of [bos, eos, date]",
                "{name: x, opening: '{box}', turns: {assistant: {end: '#'}}} | opening: {box} has no value",
                "{name: x, opening: '{bos}', turns: {assistant: {end: '#'}}} | opening: {bos} has no value",
                "{name: x, system: {before: a}, turns: {assistant: {end: '#'}}} | place",
                "[name                                              | chat format here",
                "just text                                          | chat format here",
                "''                                                 | chat format here"
            })
    void whatIsWrongIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> ChatMarkupFile.parse(yaml, "here"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith("chat format here: ");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> ChatMarkupFile.read(directory.resolve("none.yaml")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("none.yaml cannot be read");
    }
}
