package io.millrace.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class CloudEventsTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.250Z");

    @Test
    void a_record_carries_the_attributes_of_a_cloud_event_as_headers() {
        ProducerRecord<String, byte[]> record = record(feedback("f-1"));

        Map<String, String> headers = headers(record);
        assertThat(headers.remove("ce_id")).startsWith("i-1@");
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "ce_specversion", "1.0",
                                "ce_type", "io.millrace.feedback.v1",
                                "ce_source", "/millrace/gateway",
                                "ce_time", "2026-01-31T12:00:00.250Z",
                                "content-type", "application/json"));
    }

    @Test
    void a_record_has_the_topic_key_time_and_value_of_its_event() {
        Feedback feedback = feedback("f-1");

        ProducerRecord<String, byte[]> record = record(feedback);

        assertThat(record.topic()).isEqualTo("mill.feedback.v1");
        assertThat(record.key()).isEqualTo("i-1");
        assertThat(record.timestamp()).isEqualTo(NOON.toEpochMilli());
        assertThat(EventJson.read(record.value(), Feedback.class)).isEqualTo(feedback);
    }

    @Test
    void an_event_sent_twice_has_the_same_id() {
        assertThat(id(feedback("f-1"))).isEqualTo(id(feedback("f-1")));
    }

    @Test
    void two_events_of_one_key_and_one_millisecond_have_two_ids() {
        assertThat(id(feedback("f-1"))).isNotEqualTo(id(feedback("f-2")));
    }

    private static Feedback feedback(String id) {
        return new Feedback(
                id,
                new InteractionId("i-1"),
                new PrincipalId("alice"),
                FeedbackKind.THUMB,
                1,
                null,
                NOON);
    }

    private static ProducerRecord<String, byte[]> record(Feedback feedback) {
        return CloudEvents.record("mill", Topics.FEEDBACK, feedback, "/millrace/gateway");
    }

    private static String id(Feedback feedback) {
        return headers(record(feedback)).getOrDefault("ce_id", "");
    }

    private static Map<String, String> headers(ProducerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            headers.put(header.key(), new String(header.value(), UTF_8));
        }
        return headers;
    }
}
