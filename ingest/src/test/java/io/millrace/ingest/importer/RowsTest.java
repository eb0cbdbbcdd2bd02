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

/** CSV, and files as a whole. */
class RowsTest {

    @TempDir private Path folder;

    @Test
    void aCsvRowBecomesAPromptAndItsCategory() throws IOException {
        Path file =
                file(
                        "data.csv",
                        "\uFEFFtext,category\r\n\"Lost, and\nfound\",lost_card\r\n\r\nHi,hello\r\n");

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
                                5));
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    text,label    | has an unknown column 'label': the first line of a CSV file must be text,category
                    text          | has no column 'category': the first line of a CSV file must be text,category
                    text,text     | has twice the column 'text': the first line of a CSV file must be text,category
                    hello,world   | has an unknown column 'hello': the first line of a CSV file must be text,category
                    """)
    void aWrongHeaderIsNamedWithTheFix(String header, String complaint) throws IOException {
        Path file = file("data.csv", header + "\na,b\n");

        assertThatThrownBy(() -> Rows.read(file, ""))
                .isInstanceOf(UsageException.class)
                .hasMessage(file + " " + complaint);
    }

    @Test
    void anUnusableFileIsNamedWithTheLineAndTheFix() throws IOException {
        Path binary = folder.resolve("data.csv");
        Files.write(
                binary, "text,category\na,b\nc\u00FF,d\n".getBytes(StandardCharsets.ISO_8859_1));
        Path quoted = file("quoted.csv", "text,category\n\"never closed,a\n");
        Path empty = file("empty.jsonl", "\n \n");

        assertThatThrownBy(() -> Rows.read(binary, ""))
                .isInstanceOf(UsageException.class)
                .hasMessage(binary + " is not UTF-8 text from line 3 on: convert it first");
        assertThatThrownBy(() -> Rows.read(quoted, ""))
                .hasMessage(quoted + " is not CSV from line 2 on: is a quote left open?");
        assertThatThrownBy(() -> Rows.read(empty, "")).hasMessage(empty + " is empty");
        assertThatThrownBy(() -> Rows.read(folder.resolve("none.csv"), ""))
                .hasMessageContaining("does not exist");
    }

    @Test
    void aFieldThatNeverEndsIsRefusedBeforeItFillsTheMemory() throws IOException {
        String endless = "text,category\na,b\n\"" + "x".repeat(FileText.MAX_ROW_BYTES + (1 << 20));

        assertThatThrownBy(() -> Rows.read(file("data.csv", endless), ""))
                .hasMessageContaining("has a row of more than 8 MiB from line 3 on");
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content, StandardCharsets.UTF_8);
    }
}
