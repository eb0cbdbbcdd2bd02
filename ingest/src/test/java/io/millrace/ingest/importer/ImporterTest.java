package io.millrace.ingest.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ingest.EventSink;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Event;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ImporterTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final PrincipalId PRINCIPAL = new PrincipalId("importer");

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
