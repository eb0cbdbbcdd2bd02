package io.millrace.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

    private static final String ERASURE =
            "{\"principal\":\"alice\",\"occurredAt\":\"2026-01-31T12:00:00Z\"}";

    @Test
    void an_absent_component_is_not_written() {
        Erasure erasure =
                new Erasure(new PrincipalId("alice"), null, Instant.parse("2026-01-31T12:00:00Z"));

        assertThat(new String(EventJson.write(erasure), UTF_8)).isEqualTo(ERASURE);
    }

    @Test
    void null_reads_as_absent_where_a_field_may_be_absent() {
        Erasure erasure = read(ERASURE.replace("}", ",\"reason\":null}"));

        assertThat(erasure.reason()).isNull();
    }

    @Test
    void an_instant_may_be_written_in_any_time_zone() {
        Erasure erasure = read(ERASURE.replace("12:00:00Z", "14:00:00+02:00"));

        assertThat(erasure.occurredAt()).isEqualTo("2026-01-31T12:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                        | Erasure: the value is not a valid Erasure
                    null                      | Erasure: null is not an event
                    []                        | Erasure: the value is not a valid Erasure
                    {"principal":             | Erasure: not JSON at line 1, column 14
                    {}                        | Erasure: principal is missing
                    {"principal": null}       | Erasure: principal is missing
                    {"principal": 7}          | Erasure: principal is not a valid PrincipalId
                    """)
    void what_cannot_be_read_is_told_in_one_line(String json, String message) {
        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> read(json))
                .withMessage(message);
    }

    @Test
    void what_cannot_be_read_is_not_repeated_in_the_message() {
        String json = ERASURE.replace("2026-01-31T12:00:00Z", "my card number is 4000");

        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> read(json))
                .withMessage("Erasure: occurredAt is not a valid Instant")
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"messages": [{"content": "hi"}]} | /messages/0/role
                    {"answer": " "}                   | /answer
                    {"messages": []}                  | /messages
                    {"demonstrationId": "?"}          | /demonstrationId
                    {"occurredAt": "noon"}            | /occurredAt
                    `[`                               | ``
                    """)
    void what_cannot_be_read_points_at_the_field(String change, String pointer) {
        String json =
                """
                {"demonstrationId": "d", "principal": "p", "messages": [{"role": "user", "content": "c"}],
                 "answer": "a", "tags": [], "source": "s", "occurredAt": "2026-01-31T12:00:00Z", %s\
                """
                        .formatted(change.substring(1));

        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> EventJson.read(json.getBytes(UTF_8), Demonstration.class))
                .satisfies(e -> assertThat(e.pointer()).isEqualTo(pointer));
    }

    private static Erasure read(String json) {
        return EventJson.read(json.getBytes(UTF_8), Erasure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00Z",
                "2026-01-05T08:09:10Z",
                "2024-02-29T23:59:59.999999999Z",
                "1969-12-01T00:00:00.5Z",
                "0000-01-01T00:00:00.000Z",
                "2026-12-28T07:08:09.012345Z",
                "2026-12-28T24:00:00Z",
                "2026-12-28T23:59:60Z",
                "2026-12-28T23:59:59+02:00",
                "2026-12-28T23:59Z",
                "2026-12-28T23:59:59.Z",
                "2026-12-28T23:59:59,5Z",
                "2026-12-28T23:59:59.1234567890Z",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T25:00:00Z",
                "2026-01-01t00:00:00z",
                "+12026-01-01T00:00:00Z",
                "2026-01-01T00:00:00",
                "2026-01-01T00:00:00.00000000",
                "٢٠٢٦-01-01T00:00:00Z"
            })
    void aTimeIsReadAsTheJdkReadsIt(String text) {
        byte[] json = "{\"principal\":\"a\",\"occurredAt\":\"%s\"}".formatted(text).getBytes(UTF_8);
        Instant expected;
        try {
            expected = Instant.parse(text);
        } catch (DateTimeParseException e) {
            assertThatExceptionOfType(UnreadableEventException.class)
                    .isThrownBy(() -> EventJson.read(json, Erasure.class));
            return;
        }

        assertThat(EventJson.read(json, Erasure.class).occurredAt()).isEqualTo(expected);
    }
}
