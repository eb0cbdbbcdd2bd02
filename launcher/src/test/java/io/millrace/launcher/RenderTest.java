package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations rendered through the command line. */
final class RenderTest {

    private static final String QUESTION =
            """
            {"id": 7, "messages": [{"role": "user", "content": "Why\\u00e9 \\ud83d\\ude00?"}], \
            "add_generation_prompt": true, "bos_token": "<b>", "eos_token": null}
            """;

    private static final String LESSON =
            """
            {"id": "lesson", "messages": [{"role": "user", "content": "\\ud83d\\ude00"}, \
            {"role": "assistant", "content": "ha"}], "bos_token": "<b>", "eos_token": "<e>"}
            """;

    @TempDir Path folder;

    private record Answer(int exitCode, String out, String err) {}

    @Test
    void eachLineIsAnsweredWithItsTextAndWhereItCarriesLoss() throws IOException {
        Answer answer = render(QUESTION + "\n" + LESSON, "--format", "mistral");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .isEqualToIgnoringNewLines(
                        """
                        {"id":7,"text":"<b>[INST] Why\\u00E9 \\uD83D\\uDE00? [/INST]","spans":[]}
                        {"id":"lesson","text":"<b>[INST] \\uD83D\\uDE00 [/INST]ha<e> ","spans":[[19,24]]}
                        """);
    }

    @Test
    void aConversationThatTheFormatRefusesIsAnsweredWithWhy() throws IOException {
        String system =
                """
                {"id": "s", "messages": [{"role": "system", "content": "Be brief."}]}
                """;

        Answer answer = render(system + LESSON, "--format", "gemma");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out().lines().toList().getFirst())
                .startsWith("{\"id\":\"s\",\"error\":\"messages[0]: in gemma ");
        assertThat(answer.out().lines().toList().getLast())
                .contains("\"text\":\"<b><start_of_turn>");
    }

    @Test
    void toolsAreRefusedWhereTheyStand() throws IOException {
        String tools =
                """
                {"id": 1, "messages": [{"role": "user", "content": "x"}], "tools": [{"type": "function"}]}
                {"id": 2, "messages": [{"role": "assistant", "content": null, "tool_calls": [{}]}]}
                """;

        Answer answer = render(tools, "--format", "qwen2_5");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"error\":\"tools"));
    }

    @Test
    void theTimeOfALineIsTheDateThatIsWritten() throws IOException {
        String dated =
                """
                {"id": 1, "messages": [{"role": "user", "content": "x"}], "strftime_now": "2026-09-05T08:00:00"}
                """;

        assertThat(render(dated, "--format", "llama3_2").out()).contains("Today Date: 05 Sep 2026");
    }

    @Test
    void aFormatOfOnesOwnIsAFile() throws IOException {
        Path format =
                Files.writeString(
                        folder.resolve("mine.yaml"),
                        """
                        name: mine
                        variables: {eos: ""}
                        turns:
                          user: {before: "Q: ", after: "\\n"}
                          assistant: {before: "A:", start: " ", end: "{eos}", after: "\\n"}
                        """);

        Answer answer = render(LESSON, "--format-file", format.toString());

        assertThat(answer.out())
                .contains("\"text\":\"Q: \\uD83D\\uDE00\\nA: ha<e>\\n\"")
                .contains("\"spans\":[[7,13]]");
    }

    @Test
    void aKeyThatNoFormatHasIsNamed() throws IOException {
        Path format =
                Files.writeString(
                        folder.resolve("mine.yaml"),
                        "{name: mine, end: x, turns: {assistant: {end: '#'}}}");

        Answer answer = render(LESSON, "--format-file", format.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("--format-file", "mine.yaml", "unknown key 'end'");
    }

    @Test
    void theFormatOfAModelDirectoryIsRecognised() throws IOException {
        Answer answer = render(LESSON, "--model", "../model/base");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).contains("<|im_start|>assistant\\nha<|im_end|>\\n");
    }

    @Test
    void standardInputIsReadWhereNoFileIsNamed() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(LESSON.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(millrace("render", "--format", "chatml").out()).contains("\"lesson\"");
            System.setIn(new ByteArrayInputStream(LESSON.getBytes(StandardCharsets.UTF_8)));
            assertThat(millrace("render", "--format", "chatml", "--input", "-").out())
                    .contains("\"lesson\"");
        } finally {
            System.setIn(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                 | id must be a string or a number",
                "{\"id\": 1}                                        | messages must be an array",
                "{\"id\": 1, \"messages\": [7]}                     | messages[0] must be a JSON object",
                "{\"id\": 1, \"messages\": [{\"content\": \"\"}]}   | messages[0].role must be a string",
                "{\"id\": 1, \"messages\": [{\"role\": \"user\"}]}  | messages[0].content must be a string",
                "{\"id\": 1, \"messages\": [{\"role\": \"user\", \"content\": 5}]}    | messages[0].content must be a string",
                "{\"id\": 1, \"messages\": [{\"role\": \"a b\", \"content\": \"\"}]}  | messages[0]: role must be one word",
                "{\"id\": 1, \"messages\": [{\"role\": \"user\", \"content\": \"\", \"x\": 1}]} | messages[0] has an unknown field 'x'",
                "{\"id\": 1, \"messages\": [], \"add_generation_prompt\": \"yes\"} | add_generation_prompt must be true or false",
                "{\"id\": 1, \"messages\": [], \"bos_token\": 1}    | bos_token must be a string",
                "{\"id\": 1, \"messages\": [], \"strftime_now\": \"noon\"} | strftime_now must be a time such as",
                "{\"id\": 1, \"message\": []}                       | a line has an unknown field 'message'; known are",
                "{\"id\": 1, \"id\": 2}                             | is not JSON",
                "{\"id\": 1} {                                      | is not JSON",
                "[]                                                 | a line must be a JSON object"
            })
    void aBadLineEndsItWithItsNumberAndTheField(String line, String message) throws IOException {
        Answer answer = render(LESSON + "\n" + line + "\n", "--format", "chatml");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.out().lines()).hasSize(1);
        assertThat(answer.err()).contains("in.jsonl line 3").contains(message);
    }

    @Test
    void anUnknownFormatIsNamedWithThoseThatThereAre() throws IOException {
        Answer answer = render(LESSON, "--format", "llama9");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("--format", "'llama9'", "qwen3_instruct_2507");
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void aFileThatIsNotTextIsNamed() throws IOException {
        Path file = Files.write(folder.resolve("latin.jsonl"), new byte[] {'{', (byte) 0xe9, '}'});

        Answer answer = millrace("render", "--format", "chatml", "--input", file.toString());

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("latin.jsonl cannot be read").contains("UTF-8");
    }

    @Test
    void helpListsTheFormatsAndTheFields() {
        assertThat(millrace("render", "--help").out())
                .contains("llama3_2", "--format-file", "add_generation_prompt", "default-system");
    }

    private Answer render(String lines, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("in.jsonl"), lines);
        return millrace("render", options[0], options[1], "--input", file.toString());
    }

    private static Answer millrace(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new Answer(code, out.toString(), err.toString());
    }
}
