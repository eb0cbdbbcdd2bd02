package io.millrace.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.gateway.GatewayUnderTest.Response;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents 1.0: the HTTP protocol binding and the JSON event format. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CloudEventsOverHttpTest {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    private GatewayUnderTest gateway;

    @BeforeAll
    void start() {
        gateway = new GatewayUnderTest(GatewaySettings.STANDARD);
    }

    @BeforeEach
    void forget() {
        gateway.sent.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private static String event(Topic<?> topic, String data) {
        return "{'specversion': '1.0', 'type': '%s', 'source': '/app', 'id': 'ce-1', 'time': '2026-01-05T09:30:00+02:00', 'data': %s}"
                .formatted(topic.eventType(), data)
                .replace('\'', '"');
    }

    private static final String THUMB = "{'interactionId': 'i-1', 'kind': 'thumb', 'value': 1}";

    @Test
    void aStructuredEventGivesIdAndTimeToItsData() {
        Response response =
                gateway.post(
                        "/v1/feedback",
                        event(Topics.FEEDBACK, THUMB),
                        "content-type",
                        STRUCTURED + "; charset=utf-8");

        Feedback feedback = (Feedback) gateway.sent.getFirst();
        assertThat(response.status()).isEqualTo(202);
        assertThat(response.json().get("id").asString()).isEqualTo("ce-1");
        assertThat(feedback.feedbackId()).isEqualTo("ce-1");
        assertThat(feedback.occurredAt()).isEqualTo(Instant.parse("2026-01-05T07:30:00Z"));
    }

    @Test
    void whatTheDataSaysOfItselfStands() {
        String data =
                "{'feedbackId': 'f-1', 'interactionId': 'i-1', 'kind': 'thumb', 'value': 1, 'occurredAt': '2026-01-01T00:00:00Z'}";
        gateway.post("/v1/feedback", event(Topics.FEEDBACK, data), "content-type", STRUCTURED);

        Feedback feedback = (Feedback) gateway.sent.getFirst();
        assertThat(feedback.feedbackId()).isEqualTo("f-1");
        assertThat(feedback.occurredAt()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void aBinaryEventHasItsAttributesInHeaders() {
        Response response =
                gateway.post(
                        "/v1/feedback",
                        THUMB.replace('\'', '"'),
                        "ce-specversion",
                        "1.0",
                        "ce-type",
                        Topics.FEEDBACK.eventType(),
                        "ce-source",
                        "/app",
                        "ce-id",
                        "ce%2D2",
                        "ce-time",
                        "2026-01-05T07:00:00Z");

        Feedback feedback = (Feedback) gateway.sent.getFirst();
        assertThat(response.status()).isEqualTo(202);
        assertThat(feedback.feedbackId()).isEqualTo("ce-2");
        assertThat(feedback.occurredAt()).isEqualTo(Instant.parse("2026-01-05T07:00:00Z"));
    }

    @Test
    void aBatchIsTakenAsAWhole() {
        String demonstration =
                event(
                        Topics.DEMONSTRATIONS,
                        "{'messages': [{'role': 'user', 'content': 'hi'}], 'answer': 'hello'}");
        String batch = "[" + demonstration + ", " + demonstration.replace("ce-1", "ce-2") + "]";

        Response response = gateway.post("/v1/demonstrations", batch, "content-type", BATCH);

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.json().get("ids"))
                .extracting(id -> id.asString())
                .containsExactly("ce-1", "ce-2");
        assertThat(gateway.sent).hasSize(2).allMatch(Demonstration.class::isInstance);
    }

    @Test
    void aBatchWithABadEventIsRefusedAndPointedInto() {
        String good = event(Topics.FEEDBACK, THUMB);
        String bad = good.replace("\"value\": 1", "\"value\": 7");

        Response response =
                gateway.post("/v1/feedback", "[" + good + "," + bad + "]", "content-type", BATCH);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.pointer()).isEqualTo("#/1/data/value");
        assertThat(gateway.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "1.0"                       | "0.3"                      | #/specversion
                    "1.0"                       | 1.0                        | #/specversion
                    io.millrace.feedback.v1     | io.millrace.correction.v1  | #/type
                    "/app"                      | ""                         | #/source
                    "ce-1"                      | ""                         | #/id
                    "ce-1"                      | "two words"                | #/id
                    2026-01-05T09:30:00+02:00   | yesterday                  | #/time
                    2026-01-05T09:30:00+02:00   | 2026-01-06T09:30:00+02:00  | #/time
                    "data"                      | "daten"                    | #/data
                    "kind"                      | "sort"                     | #/data/kind
                    "data"                      | "datacontenttype": "text/xml", "data" | #/datacontenttype
                    """)
    void aBadAttributeIsNamed(String good, String bad, String pointer) {
        String body = event(Topics.FEEDBACK, THUMB).replace(good, bad);

        Response response = gateway.post("/v1/feedback", body, "content-type", STRUCTURED);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.pointer()).isEqualTo(pointer);
        assertThat(gateway.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ce-specversion, 0.3, #/specversion",
        "ce-type, io.millrace.erasure.v1, #/type",
        "ce-id, %20, #/id",
        "ce-time, noon, #/time",
    })
    void aBadHeaderIsNamed(String header, String value, String pointer) {
        Map<String, String> good =
                Map.of(
                        "ce-specversion", "1.0",
                        "ce-type", Topics.FEEDBACK.eventType(),
                        "ce-source", "/app",
                        "ce-id", "ce-1",
                        "ce-time", "2026-01-05T07:00:00Z");
        String[] headers =
                good.keySet().stream()
                        .flatMap(name ->
                                java.util.stream.Stream.of(
                                        name, name.equals(header) ? value : good.get(name)))
                        .toArray(String[]::new);

        Response response = gateway.post("/v1/feedback", THUMB.replace('\'', '"'), headers);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.pointer()).isEqualTo(pointer);
    }
}
