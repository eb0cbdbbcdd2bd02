package io.millrace.ingest.curation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.ingest.curation.Inbox.Illegible;
import io.millrace.ingest.curation.Inbox.Read;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topics;
import io.millrace.schemas.UnreadableEventException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever somebody wrote to a traffic topic. The first byte of an input chooses the topic. */
class InboxFuzzTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<Inbox<?>> INBOXES =
            List.of(
                    new Inbox<>(Topics.INTERACTIONS, Redaction.DEFAULT::of),
                    new Inbox<>(Topics.FEEDBACK, Redaction.DEFAULT::of),
                    new Inbox<>(Topics.CORRECTIONS, Redaction.DEFAULT::of),
                    new Inbox<>(Topics.DEMONSTRATIONS, Redaction.DEFAULT::of));

    static Stream<Arguments> events() {
        return Stream.of(
                        "\0{\"interactionId\":\"i\",\"principal\":\"p\",\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"mail a@b.example\"}],\"answer\":\"+49 170 1234567\",\"tags\":[\"t\"],\"latencyMillis\":1,\"occurredAt\":\"2026-01-01T00:00:00Z\"}",
                        "\1{\"feedbackId\":\"f\",\"interactionId\":\"i\",\"principal\":\"p\",\"kind\":\"thumb\",\"value\":1,\"comment\":\"DE89 3704 0044 0532 0130 00\",\"occurredAt\":\"2026-01-01T00:00:00Z\"}",
                        "\2{\"correctionId\":\"c\",\"interactionId\":\"i\",\"principal\":\"p\",\"revision\":0,\"answer\":\"4111 1111 1111 1111\",\"occurredAt\":\"2026-01-01T00:00:00Z\"}",
                        "\3{\"demonstrationId\":\"d\",\"principal\":\"p\",\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"answer\":\"a\",\"tags\":[],\"source\":\"s\",\"occurredAt\":\"2026-01-01T00:00:00Z\"}")
                .map(text -> Arguments.of((Object) text.getBytes(UTF_8)));
    }

    @MethodSource("events")
    @FuzzTest(maxDuration = "5s")
    void anyRecordIsReadOrIllegibleForAReason(byte[] input) {
        if (input.length > 0) {
            Inbox<?> inbox = INBOXES.get(Math.floorMod(input[0], INBOXES.size()));
            read(inbox, Arrays.copyOfRange(input, 1, input.length));
        }
    }

    private static <E extends Event> void read(Inbox<E> inbox, byte[] value) {
        switch (inbox.read(new Record<>(keyOf(inbox, value), value, 0), NOW)) {
            case Read<E>(E event) -> assertThat(EventJson.write(event)).isNotEmpty();
            case Illegible<E>(String reason) -> assertThat(reason.lines()).hasSize(1);
        }
    }

    /** The right key, so that more than the key is tried; none where there is no right one. */
    private static <E extends Event> @Nullable String keyOf(Inbox<E> inbox, byte[] value) {
        try {
            E event = EventJson.read(value, inbox.topic().type());
            return inbox.topic().key().apply(event);
        } catch (UnreadableEventException e) {
            return null;
        }
    }
}
