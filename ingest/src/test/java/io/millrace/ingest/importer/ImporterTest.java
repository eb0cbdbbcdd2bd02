package io.millrace.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ingest.EventSink;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Event;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final PrincipalId PRINCIPAL = new PrincipalId("importer");

    @TempDir private Path folder;

    private final List<Demonstration> sent = new ArrayList<>();

    @Test
    void eachExampleBecomesARedactedDemonstrationWithItsTag() {
        List<Integer> progress = new ArrayList<>();

        importer(this::accept)
                .publish(
                        List.of(example("Mail a@b.example"), example("Hi")),
                        "f.csv",
                        progress::add);

        assertThat(progress).containsExactly(1, 2);
        assertThat(sent)
                .extracting(d -> d.messages().getFirst().content())
                .containsExactly("Mail <EMAIL_1>", "Hi");
        assertThat(sent.getFirst().tags()).containsExactly("tag");
        assertThat(sent.getFirst().source()).isEqualTo("f.csv");
        assertThat(sent.getFirst().principal()).isEqualTo(PRINCIPAL);
        assertThat(sent.getFirst().occurredAt()).isEqualTo(CLOCK.instant());
    }

    @Test
    void theSameContentAlwaysHasTheSameIdAndOtherContentAnother() {
        Importer importer = importer(this::accept);
        importer.publish(List.of(example("Hi"), example("Hello")), "a.csv", done -> {});
        importer.publish(List.of(example("Hi")), "b.csv", done -> {});

        assertThat(sent.get(2).demonstrationId()).isEqualTo(sent.get(0).demonstrationId());
        assertThat(sent.get(1).demonstrationId()).isNotEqualTo(sent.get(0).demonstrationId());
    }

    @Test
    void anUnacknowledgedExampleFailsTheImportAndNamesTheLine() {
        Importer importer = importer(ImporterTest::refuse);

        assertThatThrownBy(() -> importer.publish(List.of(example("Hi")), "a.csv", done -> {}))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("line 7 of a.csv was not taken")
                .hasMessageContaining("no broker");
    }

    @Test
    void theIdFollowsFromWhatIsSaidNotFromItsSpellingOrItsPersonalData() {
        importer(this::accept)
                .publish(
                        List.of(
                                example("Caf\u00E9, mail a@b.example"),
                                example(" Cafe\u0301, mail c@d.example\r\n"),
                                example("Tea, mail a@b.example")),
                        "a.csv",
                        done -> {});

        assertThat(sent.get(1).demonstrationId()).isEqualTo(sent.get(0).demonstrationId());
        assertThat(sent.get(2).demonstrationId()).isNotEqualTo(sent.get(0).demonstrationId());
    }

    @Test
    void theSameFileTwiceSendsNothingAndTheRestOfAnInterruptedOneIsSent() throws IOException {
        Path file = csv("a,x\nb,y\na,x\nc,\nd,z\n");
        Set<String> known = new HashSet<>();

        ImportCount stopped = run(file, known, count -> count.rows() < 2);
        ImportCount rest = run(file, known, count -> true);
        ImportCount again = run(file, known, count -> true);

        assertThat(stopped).isEqualTo(new ImportCount(2, 2, 0, 0));
        assertThat(rest).isEqualTo(new ImportCount(5, 1, 3, 1));
        assertThat(again).isEqualTo(new ImportCount(5, 0, 4, 1));
        assertThat(sent).extracting(Demonstration::answer).containsExactly("x", "y", "z");
        assertThat(sent).extracting(d -> d.demonstrationId().value()).hasSameElementsAs(known);
    }

    @Test
    void badRowsAreInTheReportWithLineAndReasonAndNothingOfTheirContent() throws IOException {
        run(csv("a,x\nsecret,\nb,c,d\n"), new HashSet<>(), count -> true);

        assertThat(folder.resolve("logs/rejected.jsonl"))
                .hasContent(
                        """
                        {"line":3,"reason":"column 'category' is empty"}
                        {"line":4,"reason":"has 3 columns instead of 2: quote text that holds commas"}
                        """);
        assertThat(folder.resolve("logs")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileWithoutBadRowsLeavesNoReport() throws IOException {
        run(csv("a,x\n"), new HashSet<>(), count -> true);

        assertThat(folder.resolve("logs")).doesNotExist();
    }

    @Test
    void aRowThatMakesTooLargeAnEventIsRejectedAndNoneOfItIsSent() throws IOException {
        String large = "\u00E9".repeat(510_000); // two bytes each
        String larger = "x".repeat(1_000_001);
        Path file = csv("a,x\n" + large + ",y\n" + larger + ",z\n");

        ImportCount count = run(file, new HashSet<>(), c -> true);

        assertThat(count).isEqualTo(new ImportCount(3, 1, 0, 2));
        assertThat(folder.resolve("logs/rejected.jsonl"))
                .content()
                .contains("{\"line\":3,\"reason\":\"makes an event of more than 1,000,000 bytes");
    }

    @Test
    void whatStandsBeforeTheUnreadableRestIsPublished() throws IOException {
        Path file = csv("a,x\n\"b,y\n");
        Set<String> known = new HashSet<>();

        assertThatThrownBy(() -> run(file, known, count -> true))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is not CSV from line 3 on");
        assertThat(sent).extracting(Demonstration::answer).containsExactly("x");
    }

    private ImportCount run(Path path, Set<String> known, Predicate<ImportCount> goOn) {
        try (DataFile file = DataFile.open(path, "");
                Rejects rejects = new Rejects(folder.resolve("logs/rejected.jsonl"))) {
            return importer(this::accept).publish(file, known, rejects, goOn);
        }
    }

    private Path csv(String rows) throws IOException {
        return Files.writeString(folder.resolve("data.csv"), "text,category\n" + rows);
    }

    private static Importer importer(EventSink sink) {
        return new Importer(sink, PRINCIPAL, CLOCK);
    }

    private <E extends Event> CompletableFuture<?> accept(Topic<E> topic, E event) {
        sent.add((Demonstration) event);
        return CompletableFuture.completedFuture(topic);
    }

    private static <E extends Event> CompletableFuture<?> refuse(Topic<E> topic, E event) {
        return CompletableFuture.failedFuture(new MillraceException("no broker"));
    }

    private static LabelledExample example(String prompt) {
        return new LabelledExample(List.of(Message.user(prompt)), "answer", "tag", 7);
    }
}
