package io.millrace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.importer.Importer;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The command on a real broker; each test has topics of its own. */
final class ImportTest {

    @TempDir private static Path data;
    private static EmbeddedBroker broker;

    @TempDir private Path folder;

    private record Answer(int exitCode, String out, String err) {}

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(DataDirectory.open(data), 0);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void theSameFileTwiceAddsNothingAndTheSummarySaysSo() throws IOException {
        Path file = file("mail a@b.example,x\nHi,y\nHi,y\n,z\n");

        Answer first = millrace("twice", file, "-o", "json");
        Answer second = millrace("twice", file, "-o", "json");

        assertThat(first.exitCode()).isZero();
        assertThat(JsonMapper.shared().readTree(first.out())).isEqualTo(summary("csv", 4, 2, 1, 1));
        assertThat(JsonMapper.shared().readTree(second.out()))
                .isEqualTo(summary("csv", 4, 0, 3, 1));
        assertThat(demonstrations("twice"))
                .extracting(Demonstration::answer)
                .containsExactlyInAnyOrder("x", "y");
        assertThat(demonstrations("twice"))
                .extracting(d -> d.messages().getFirst().content())
                .anyMatch(content -> content.endsWith("mail <EMAIL_1>"));
        assertThat(folder.resolve("rejected.jsonl"))
                .hasContent("{\"line\":5,\"reason\":\"column 'text' is empty\"}");
    }

    @Test
    void whoIsStoppedWhileItAsksTheTopicDoesNotReadItToItsEnd() throws IOException {
        millrace("asked", file("a,x\nb,y\nc,z\n"));
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "asked");

        assertThat(Importer.published(kafka, () -> true)).hasSize(3);
        assertThat(Importer.published(kafka, () -> false)).hasSizeLessThan(3);
    }

    @Test
    void aFileOfBadRowsAloneIsAFailure() throws IOException {
        Answer answer = millrace("bad", file(",x\n,y\n"));

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains("0 demonstrations published")
                .contains("2 rows rejected")
                .contains("rejected.jsonl");
    }

    @Test
    void strictlyOneBadRowIsEnoughToPublishNone() throws IOException {
        Answer answer = millrace("strict", file("a,x\n,y\n"), "--strict");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("1 of the 2 rows of").contains("--strict publishes none");
        assertThat(folder.resolve("rejected.jsonl")).content().contains("\"line\":3");
        assertThat(millrace("strict", file("a,x\n,y\n"), "-o", "json").out())
                .contains("\"published\" : 1");
    }

    @Test
    void aFileThatBreaksOffIsAFailureThatNamesTheLineAndWhatIsPublished() throws IOException {
        Answer answer = millrace("half", file("a,x\nb,y\n\"c"));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("is not CSV from line 4 on")
                .contains("the 2 rows before");
        assertThat(demonstrations("half")).hasSize(2);
    }

    @Test
    void aFormatThatIsNoneIsNamedWithThoseThereAre() throws IOException {
        Answer answer = millrace("none", file("a,x\n"), "--format", "xml");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains("'xml'").contains("sharegpt");
    }

    private Object summary(String format, int rows, int published, int duplicates, int rejected) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("format", format)
                .put("rows", rows)
                .put("published", published)
                .put("duplicates", duplicates)
                .put("rejected", rejected)
                .put("rejects", folder.resolve("rejected.jsonl").toString());
    }

    private Path file(String rows) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), "text,category\n" + rows);
    }

    private Answer millrace(String prefix, Path file, String... more) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> fixed =
                List.of(
                        "import",
                        file.toString(),
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--topic-prefix",
                        prefix,
                        "--rejects",
                        folder.resolve("rejected.jsonl").toString());
        String[] words = Stream.concat(fixed.stream(), Stream.of(more)).toArray(String[]::new);
        int code = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new Answer(code, out.toString(), err.toString());
    }

    private static List<Demonstration> demonstrations(String prefix) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), prefix);
        return EventLog.read(kafka, Topics.DEMONSTRATIONS).stream().map(Logged::event).toList();
    }
}
