package io.millrace.ingest.importer;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataFileTest {

    private static final String ALPACA =
            "{\"instruction\": \"Name the intent.\", \"input\": \"Hi\", \"output\": \"hello\"}";

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ALPACA   | {"instruction": "a", "output": "b"}
                    ALPACA   | {"instruction": "a", "instances": [{"input": "", "output": "b"}]}
                    DOLLY    | {"instruction": "a", "context": "", "response": "b", "category": "c"}
                    SHAREGPT | {"conversations": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}]}
                    MESSAGES | {"messages": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]}
                    OASST    | {"prompt": {"text": "a", "role": "prompter", "replies": [{"text": "b", "role": "assistant", "replies": []}]}}
                    """)
    void theFirstRowsDecideTheFormatInLinesAndInAnArray(DataFormat format, String row)
            throws IOException {
        Path lines = file("x.dat", "not JSON\n" + row + "\n");
        Path array = file("y.dat", " [\n" + row + ",\n" + row + "\n]\n");

        try (DataFile file = DataFile.open(file("z", row), "")) {
            assertThat(file.format()).isEqualTo(format);
        }
        assertThat(Rows.read(array, "").examples())
                .extracting(LabelledExample::answer, LabelledExample::line)
                .containsExactly(tuple("b", 2L), tuple("b", 3L));
        try (DataFile file = DataFile.open(lines, format, "")) {
            assertThat(file.next()).get().isInstanceOf(BadRow.class);
            assertThat(file.next()).get().isInstanceOf(Row.Usable.class);
            assertThat(file.next()).isEmpty();
        }
    }

    @Test
    void aFileOfNoKnownFormatSaysWhichFieldsItHasAndWhichFormatsThereAre() throws IOException {
        Path file = file("pairs.jsonl", "{\"chosen\": \"secret\", \"rejected\": \"b\"}\n");

        assertThatThrownBy(() -> DataFile.open(file, ""))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("the fields chosen, rejected")
                .hasMessageContaining("dolly (instruction, context, response, category)")
                .hasMessageNotContaining("secret");
    }

    @Test
    void gzipIsReadWhateverItsNameAndWithAByteOrderMark() throws IOException {
        Path file = folder.resolve("data.bin");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(("\uFEFF" + ALPACA).getBytes(StandardCharsets.UTF_8));
        }
        Files.write(file, zipped.toByteArray());
        Path half = folder.resolve("half.bin");
        Files.write(half, Arrays.copyOf(zipped.toByteArray(), zipped.size() - 12));

        assertThat(Rows.read(file, "").examples())
                .extracting(LabelledExample::messages)
                .containsExactly(List.of(Message.user("Name the intent.\n\nHi")));
        assertThatThrownBy(() -> Rows.read(half, ""))
                .hasMessage(half + " ends before its gzip data does: copy it again");
    }

    @Test
    void aLineThatIsNotUtf8OrTooLongSpoilsNoOther() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((ALPACA + "\n{\"instruction\": \"").getBytes(StandardCharsets.UTF_8));
        bytes.write(0xFF);
        bytes.writeBytes("\"}\n{\"instruction\": \"".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes("x".repeat(FileText.MAX_ROW_BYTES).getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(("\"}\n\n" + ALPACA).getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("data.jsonl"), bytes.toByteArray());

        Rows rows = Rows.read(file, "");

        assertThat(rows.examples()).extracting(LabelledExample::line).containsExactly(1L, 5L);
        assertThat(rows.bad())
                .containsExactly(
                        new BadRow(2, "is not UTF-8 text"),
                        new BadRow(3, "is a row of more than 8 MiB"));
    }

    @Test
    void anArrayThatWasReadToItsEndStillSaysHowFarItIs() throws IOException {
        try (DataFile rows = DataFile.open(file("data.json", "[" + ALPACA + "]"), "")) {
            assertThat(rows.next()).isPresent();
            assertThat(rows.next()).isEmpty();

            assertThat(rows.next()).isEmpty();
            assertThat(rows.position()).isEqualTo(rows.size());
        }
    }

    @Test
    void anArrayThatBreaksOffIsReadUpToThereAndThenRefusedWithItsLine() throws IOException {
        Path file = file("data.json", "[" + ALPACA + ",\n" + ALPACA + ",\n{\"instruction\": \"x");

        try (DataFile rows = DataFile.open(file, DataFormat.ALPACA, "")) {
            assertThat(rows.next()).get().extracting(Row::line).isEqualTo(1L);
            assertThat(rows.next()).get().extracting(Row::line).isEqualTo(2L);
            assertThatThrownBy(rows::next)
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("is not a JSON array from line 3 on");
        }
    }

    @Test
    void anElementOfAnArrayThatNeverEndsIsRefusedBeforeItFillsTheMemory() throws IOException {
        String numbers = "1,".repeat(FileText.MAX_ROW_BYTES);
        Path file = file("data.json", "[" + ALPACA + ",\n[" + numbers + "1]]");

        try (DataFile rows = DataFile.open(file, DataFormat.ALPACA, "")) {
            assertThat(rows.next()).isPresent();
            assertThatThrownBy(rows::next)
                    .hasMessageContaining("has a row of more than 8 MiB from line 2 on");
        }
    }

    @Test
    void whatFollowsAnArrayIsNotPassedOver() throws IOException {
        Path file = file("data.json", "[" + ALPACA + "]\n[" + ALPACA + "]");

        assertThatThrownBy(() -> Rows.read(file, ""))
                .hasMessageContaining("goes on after its JSON array, on line 2");
    }

    @Test
    void aFileIsReadRowByRowAndSaysHowFarItIs() throws IOException {
        String many = Stream.generate(() -> ALPACA).limit(10_000).collect(joining("\n"));

        try (DataFile file = DataFile.open(file("data.jsonl", many), "")) {
            assertThat(file.next()).isPresent();
            assertThat(file.position()).isBetween(1L, file.size() / 2);
        }
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
