package io.millrace.ingest.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.ingest.gateway.EventIntake.Accepted;
import io.millrace.ingest.gateway.EventIntake.Refused;
import io.millrace.ingest.gateway.Problem.Flaw;
import io.millrace.ingest.gateway.Submission.Malformed;
import io.millrace.ingest.gateway.Submission.Sent;
import io.millrace.ingest.gateway.access.Caller;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.TenantId;
import io.millrace.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as the body of a request, in our words and in the foreign ones. The first byte of an
 * input chooses the endpoint, the second how its events stand in it, the third whether headers make
 * a CloudEvent of it.
 */
class BodyFuzzTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
    private static final BodyReader READER = new BodyReader(new Limits(1 << 20, 32, 1_000, 100, 3));
    private static final EventIntake INTAKE =
            new EventIntake(new Encoding(), Redaction.DEFAULT, CLOCK);
    private static final List<Sender> SENDERS =
            List.of(
                    new Sender(new Caller.Anonymous(), null, number -> "made-up-" + number),
                    new Sender(
                            new Caller.Member(new TenantId("acme"), Set.of()),
                            "ann",
                            number -> "made-up-" + number));

    /** Encodes what it is given, as a producer would, and sends nothing. */
    private static final class Encoding implements Outlet {
        @Override
        public <E extends Event> Optional<Letter> prepare(Topic<E> topic, E event) {
            byte[] json = EventJson.write(event);
            assertThat(EventJson.read(json, topic.type())).isEqualTo(event);
            return Optional.of(() -> CompletableFuture.completedFuture(topic));
        }
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                        "\0\0\0{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a@b.example\"}],\"answer\":\"b\"}",
                        "\0\0\0{\"request\":{\"user\":\"u\",\"messages\":[{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"q\"}]}]},\"response\":{\"id\":\"r\",\"model\":\"m\",\"created\":1767225600,\"choices\":[{\"message\":{\"content\":\"a\"}}]}}",
                        "\1\1\0{\"metric_name\":\"helpful\",\"value\":true,\"inference_id\":\"i\"}\n{\"metric_name\":\"demonstration\",\"value\":[{\"text\":\"a\"}],\"inference_id\":\"i\"}",
                        "\1\1\0{\"traceId\":\"t\",\"name\":\"n\",\"value\":0.5,\"dataType\":\"NUMERIC\"}\n\n{\"traceId\":\"t\",\"name\":\"n\",\"value\":\"good\",\"id\":\"s\"}",
                        "\1\0\0{\"interactionId\":\"i\",\"kind\":\"rating\",\"value\":1e-2,\"comment\":\"c\"}",
                        "\2\2\0{\"specversion\":\"1.0\",\"type\":\"io.millrace.correction.v1\",\"source\":\"/s\",\"id\":\"c\",\"time\":\"2026-01-01T00:00:00Z\",\"datacontenttype\":\"application/json\",\"data\":{\"interactionId\":\"i\",\"answer\":\"a\",\"revision\":2}}",
                        "\3\3\0[{\"specversion\":\"1.0\",\"type\":\"io.millrace.demonstration.v1\",\"source\":\"/s\",\"id\":\"d\",\"data\":{\"messages\":[{\"role\":\"user\",\"content\":\"q\"}],\"answer\":\"a\"}}]",
                        "\4\0\1{\"principal\":\"p\",\"reason\":\"r\"}",
                        "\5\0\3{\"triggerId\":\"t\"}")
                .map(text -> Arguments.of((Object) text.getBytes(UTF_8)));
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "5s")
    void anyBodyIsEventsOrAProblemThatNamesAField(byte[] input) {
        if (input.length < 3) {
            return;
        }
        Endpoint<?> endpoint = chosen(Endpoint.all(), input[0]);
        MediaType type = chosen(Arrays.asList(MediaType.values()), input[1]);
        byte[] body = Arrays.copyOfRange(input, 3, input.length);
        List<Submission> found =
                READER.read(
                        type,
                        body,
                        headers(endpoint, input[2], body),
                        endpoint.topic().eventType());
        for (Submission submission : found) {
            switch (submission) {
                case Malformed(Flaw flaw) -> check(flaw);
                case Sent sent -> take(endpoint, sent, chosen(SENDERS, input[2]));
            }
        }
    }

    private static void take(Endpoint<?> endpoint, Sent sent, Sender sender) {
        switch (INTAKE.take(endpoint, sent, sender, 0)) {
            case Accepted accepted -> assertThat(accepted.id()).isNotBlank();
            case Refused(Flaw flaw) -> check(flaw);
        }
    }

    private static void check(Flaw flaw) {
        assertThat(flaw.pointer()).matches("#(/[^/]*)*+");
        assertThat(flaw.detail().lines()).hasSize(1);
        assertThat(Problem.of(List.of(flaw)).json()).hasSizeLessThan(2_000);
    }

    /** None, or those of binary mode with the body's start as the event's id and time. */
    private static Function<String, Optional<String>> headers(
            Endpoint<?> endpoint, byte choice, byte[] body) {
        if ((choice & 1) == 0) {
            return name -> Optional.empty();
        }
        String odd = new String(body, 0, Math.min(body.length, 20), ISO_8859_1);
        return name ->
                Optional.ofNullable(
                        switch (name) {
                            case "ce-specversion" -> "1.0";
                            case "ce-type" -> endpoint.topic().eventType();
                            case "ce-source" -> "/s";
                            case "ce-id" -> (choice & 2) == 0 ? "e" : odd;
                            case "ce-time" -> (choice & 2) == 0 ? null : odd;
                            default -> null;
                        });
    }

    private static <T> T chosen(List<T> choices, byte choice) {
        return choices.get(Math.floorMod(choice, choices.size()));
    }
}
