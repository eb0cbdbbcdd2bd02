package io.millrace.ingest.importer;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each JSON format's rows teach. */
class ShapeTest {

    @TempDir private Path folder;

    @Test
    void anAlpacaRowIsInstructionAndInputAndAShortOutputIsItsTag() throws IOException {
        assertThat(
                        examples(
                                DataFormat.ALPACA,
                                """
                                {"instruction": "Name the intent.", "input": "Hi", "output": "hello"}
                                {"instruction": "Write a poem.", "output": "Roses\\nare red"}
                                """))
                .containsExactly(
                        new LabelledExample(
                                List.of(Message.user("Name the intent.\n\nHi")),
                                "hello",
                                "hello",
                                1),
                        new LabelledExample(
                                List.of(Message.user("Write a poem.")),
                                "Roses\nare red",
                                "unlabelled",
                                2));
    }

    @Test
    void eachInstanceOfASelfInstructTaskIsAnExample() throws IOException {
        List<LabelledExample> examples =
                examples(
                        DataFormat.ALPACA,
                        """
                        {"instruction": "Add.", "instances": [{"input": "1 1", "output": "2"}, {"input": "2 2", "output": "4"}]}
                        """);

        assertThat(examples).extracting(LabelledExample::answer).containsExactly("2", "4");
        assertThat(examples.getLast().messages()).containsExactly(Message.user("Add.\n\n2 2"));
    }

    @Test
    void aDollyRowIsInstructionAndContextAndTheCategoryIsItsTag() throws IOException {
        assertThat(
                        examples(
                                DataFormat.DOLLY,
                                """
                                {"instruction": "Who?", "context": "A text.", "response": "Ann", "category": "closed_qa"}
                                {"instruction": "Why?", "context": "", "response": "So."}
                                """))
                .containsExactly(
                        new LabelledExample(
                                List.of(Message.user("Who?\n\nA text.")), "Ann", "closed_qa", 1),
                        new LabelledExample(List.of(Message.user("Why?")), "So.", "unlabelled", 2));
    }

    @Test
    void eachAnswerOfAConversationIsAnExampleWithTheTurnsBeforeIt() throws IOException {
        List<LabelledExample> examples =
                examples(
                        DataFormat.SHAREGPT,
                        """
                        {"conversations": [{"from": "system", "value": "s"}, {"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}, {"from": "human", "value": "c"}, {"from": "gpt", "value": "d"}]}
                        """);

        assertThat(examples)
                .containsExactly(
                        new LabelledExample(
                                List.of(Message.system("s"), Message.user("a")),
                                "b",
                                "unlabelled",
                                1),
                        new LabelledExample(
                                List.of(
                                        Message.system("s"),
                                        Message.user("a"),
                                        new Message(Role.ASSISTANT, "b"),
                                        Message.user("c")),
                                "d",
                                "unlabelled",
                                1));
    }

    @Test
    void anAnswerThatNoUserAskedForOrOfWeightNoughtIsOnlyContext() throws IOException {
        List<LabelledExample> examples =
                examples(
                        DataFormat.MESSAGES,
                        """
                        {"messages": [{"role": "assistant", "content": "Hello!"}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "b", "weight": 0}, {"role": "user", "content": "c"}, {"role": "assistant", "content": "d", "weight": 1}]}
                        """);

        assertThat(examples).extracting(LabelledExample::answer).containsExactly("d");
        assertThat(examples.getFirst().messages()).hasSize(4);
    }

    @Test
    void aTreeGivesTheBestReplyOfEachPlaceAndGoesOnBelowIt() throws IOException {
        List<LabelledExample> examples =
                examples(
                        DataFormat.OASST,
                        """
                        {"prompt": %s}
                        """
                                .formatted(
                                        post(
                                                "q",
                                                "prompter",
                                                "",
                                                post(
                                                        "second",
                                                        "assistant",
                                                        ", \"rank\": 1",
                                                        post(
                                                                "never",
                                                                "prompter",
                                                                "",
                                                                post("x", "assistant", ""))),
                                                post(
                                                        "gone",
                                                        "assistant",
                                                        ", \"rank\": 0, \"deleted\": true"),
                                                post(
                                                        "spam",
                                                        "assistant",
                                                        ", \"rank\": 0, \"review_result\": false"),
                                                post("unranked", "assistant", ""),
                                                post(
                                                        "best",
                                                        "assistant",
                                                        ", \"rank\": 0",
                                                        post(
                                                                "one",
                                                                "prompter",
                                                                "",
                                                                post("1", "assistant", "")),
                                                        post(
                                                                "two",
                                                                "prompter",
                                                                "",
                                                                post("2", "assistant", "")),
                                                        post("open", "prompter", "")))));

        Message question = Message.user("q");
        Message best = new Message(Role.ASSISTANT, "best");
        assertThat(examples)
                .containsExactly(
                        new LabelledExample(List.of(question), "best", "unlabelled", 1),
                        new LabelledExample(
                                List.of(question, best, Message.user("one")), "1", "unlabelled", 1),
                        new LabelledExample(
                                List.of(question, best, Message.user("two")),
                                "2",
                                "unlabelled",
                                1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ALPACA   | {"instruction": "a"}                                   | output is missing
                    ALPACA   | {"instruction":                                        | not JSON at line 1, column 16
                    ALPACA   | {"instruction": "a", "output": 3}                      | output is not a valid String
                    ALPACA   | {"instruction": "a", "output": " "}                    | field 'output' is blank
                    ALPACA   | {"instruction": "", "output": "b"}                     | fields 'instruction' and 'input' are both blank
                    ALPACA   | [1]                                                    | the value is not a valid Alpaca
                    ALPACA   | null                                                   | null is not an event
                    DOLLY    | {"instruction": "a", "response": ""}                   | field 'response' is blank
                    DOLLY    | {"instruction": "", "response": "b"}                   | fields 'instruction' and 'context' are both blank
                    SHAREGPT | {"conversations": []}                                  | has no answer to a user's turn
                    SHAREGPT | {"conversations": [{"from": "tool", "value": "a"}]}    | turn 1 has another 'from' than human, gpt and system
                    SHAREGPT | {"conversations": [{"from": "human", "value": " "}]}   | turn 1 is blank
                    MESSAGES | {"messages": [{"role": "user", "content": "a"}]}       | has no answer to a user's turn
                    MESSAGES | {"messages": [{"role": "user", "content": [1]}]}       | messages[0].content is not a valid String
                    OASST    | {"prompt": {"text": "a", "role": "prompter", "replies": []}} | has no reply of an assistant to its prompt
                    OASST    | {"prompt": {"text": "a", "role": "assistant", "replies": []}} | has a root that no prompter wrote, or that was taken back
                    """)
    void aRowThatTeachesNothingIsReportedWithTheReason(DataFormat format, String row, String reason)
            throws IOException {
        assertThat(rows(format, row)).containsExactly(new BadRow(1, reason));
    }

    @Test
    void aConversationOfTooManyTurnsIsReported() throws IOException {
        String turns =
                IntStream.range(0, Conversation.MAX_TURNS / 2 + 1)
                        .mapToObj(i ->
                                "{\"from\":\"human\",\"value\":\"a\"},{\"from\":\"gpt\",\"value\":\"b\"}")
                        .collect(joining(","));

        assertThat(rows(DataFormat.SHAREGPT, "{\"conversations\":[" + turns + "]}"))
                .containsExactly(new BadRow(1, "has 202 turns, the limit is 200"));
    }

    private static String post(String text, String role, String more, String... replies) {
        return "{\"text\": \"%s\", \"role\": \"%s\"%s, \"replies\": [%s]}"
                .formatted(text, role, more, String.join(",", replies));
    }

    private List<LabelledExample> examples(DataFormat format, String content) throws IOException {
        return rows(format, content).stream()
                .flatMap(row -> ((Row.Usable) row).examples().stream())
                .toList();
    }

    private List<Row> rows(DataFormat format, String content) throws IOException {
        Path path = Files.writeString(folder.resolve("data"), content);
        try (DataFile file = DataFile.open(path, format, "")) {
            return Stream.generate(file::next)
                    .takeWhile(Optional::isPresent)
                    .map(Optional::orElseThrow)
                    .toList();
        }
    }
}
