package io.millrace.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {

    @TempDir private Path folder;

    @Test
    void aCsvRowBecomesAPromptAndItsCategory() throws IOException {
        Path file =
                file(
                        "data.csv",
                        "\uFEFFtext,category\r\n\"Lost, and\nfound\",lost_card\r\nHi,hello\r\n");

        Rows rows = Rows.read(file, "Name the intent.");

        assertThat(rows.bad()).isEmpty();
        assertThat(rows.examples())
                .containsExactly(
                        new LabelledExample(
                                List.of(Message.user("Name the intent.\n\nLost, and\nfound")),
                                "lost_card",
                                "lost_card",
                                2),
                        new LabelledExample(
                                List.of(Message.user("Name the intent.\n\nHi")),
                                "hello",
                                "hello",
                                4));
    }

    @Test
    void badCsvRowsAreReportedWithTheirLines() throws IOException {
        Path file = file("data.csv", "category,text\na,\"two\nlines\"\n,x\nb,\nc,d,e\nf,g\n");

        Rows rows = Rows.read(file, "");

        assertThat(rows.examples()).extracting(LabelledExample::tag).containsExactly("a", "f");
        assertThat(rows.bad())
                .containsExactly(
                        new BadRow(4, "column 'category' is empty"),
                        new BadRow(5, "column 'text' is empty"),
                        new BadRow(6, "has 3 columns instead of 2: quote text that holds commas"));
    }

    @Test
    void aJsonlRowIsLaidOutLikeACsvRow() throws IOException {
        Path file =
                file(
                        "data.jsonl",
                        """
                        {"instruction": "Name the intent.", "input": "Hi", "output": "hello"}

                        {"instruction": "Write a poem.", "output": "Roses\\nare red"}
                        """);

        assertThat(Rows.read(file, "ignored").examples())
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
                                3));
    }

    @Test
    void badJsonlRowsAreReportedWithTheirLinesAndFields() throws IOException {
        Path file =
                file(
                        "data.jsonl",
                        """
                        {"instruction": "a"}
                        {"instruction":
                        {"instruction": "a", "output": 3}
                        {"instruction": "a", "output": " "}
                        {"instruction": "", "output": "b"}
                        """);

        Rows rows = Rows.read(file, "");

        assertThat(rows.examples()).isEmpty();
        assertThat(rows.bad()).extracting(BadRow::line).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(rows.bad().getFirst().reason()).contains("output is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    text,label    | has an unknown column 'label': its first line must be text,category
                    text          | lacks the column 'category': its first line must be text,category
                    text,text     | has the column 'text' twice: its first line must be text,category
                    hello,world   | has an unknown column 'hello': its first line must be text,category
                    """)
    void aWrongHeaderIsNamedWithTheFix(String header, String complaint) throws IOException {
        Path file = file("data.csv", header + "\na,b\n");

        assertThatThrownBy(() -> Rows.read(file, ""))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + " " + complaint);
    }

    @Test
    void anUnusableFileIsNamedWithTheFix() throws IOException {
        Path binary = folder.resolve("data.csv");
        Files.write(binary, new byte[] {(byte) 0xC3, (byte) 0x28});
        Path quoted = file("quoted.csv", "text,category\n\"never closed,a\n");

        assertThatThrownBy(() -> Rows.read(binary, ""))
                .hasMessage(binary + " is not UTF-8 text: convert it first");
        assertThatThrownBy(() -> Rows.read(quoted, ""))
                .hasMessage(quoted + " is not CSV from line 2 on: is a quote left open?");
        assertThatThrownBy(() -> Rows.read(folder.resolve("none.csv"), ""))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> Rows.read(file("data.txt", "x"), ""))
                .hasMessageContaining("is neither .csv nor .jsonl");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
    }
}
