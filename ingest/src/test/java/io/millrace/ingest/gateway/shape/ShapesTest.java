package io.millrace.ingest.gateway.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.gateway.shape.Shaped.Mapped;
import io.millrace.ingest.gateway.shape.Shaped.Unfit;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class ShapesTest {

    private static final String PAIR =
            """
            {"request": {"model": "gpt", "user": "ann", "messages": [
                {"role": "developer", "content": "Be brief."},
                {"role": "user", "content": [{"type": "text", "text": "one"}, {"type": "text", "text": "two"}]}]},
             "response": {"id": "chatcmpl-1", "created": 1767600000, "model": "gpt-2026",
                "choices": [{"index": 0, "message": {"role": "assistant", "content": "three"}}]},
             "tags": ["counting"]}
            """;

    private static Shaped shaped(Topic<?> topic, String json) {
        return Shapes.of(topic, EventJson.MAPPER.readValue(json, ObjectNode.class));
    }

    private static Mapped mapped(Topic<?> topic, String json) {
        return (Mapped) shaped(topic, json.replace('\'', '"'));
    }

    @Test
    void anOpenAiPairBecomesAnInteraction() {
        Mapped pair = mapped(Topics.INTERACTIONS, PAIR);

        assertThat(pair.topic()).isEqualTo(Topics.INTERACTIONS);
        assertThat(pair.fields())
                .isEqualTo(
                        EventJson.MAPPER.readTree(
                                """
                                {"tags": ["counting"],
                                 "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "one\\ntwo"}],
                                 "answer": "three", "interactionId": "chatcmpl-1", "principal": "ann", "model": "gpt-2026",
                                 "occurredAt": "2026-01-05T08:00:00Z"}
                                """));
        assertThat(pair.origin("/messages/1/content")).isEqualTo("/request/messages/1/content");
        assertThat(pair.origin("/answer")).isEqualTo("/response/choices/0/message/content");
        assertThat(pair.origin("/tags/0")).isEqualTo("/tags/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "role": "developer"                | "role": "tool"                    | /request/messages/0/role
                    "content": "Be brief."             | "content": "", "tool_calls": [1]  | /request/messages/0/tool_calls
                    {"type": "text", "text": "two"}    | {"type": "image_url"}             | /request/messages/1/content
                    "content": "three"                 | "content": null                   | /response/choices/0/message/content
                    "choices": [                       | "choices": [1,                    | /response/choices
                    "created": 1767600000              | "created": "now"                  | /response/created
                    "messages"                         | "prompt"                          | /request/messages
                    "response":                        | "answer":                         | /response
                    """)
    void aPairThatCannotBeHeldIsPointedInto(String good, String bad, String pointer) {
        assertThat(PAIR).contains(good);

        Shaped shaped = shaped(Topics.INTERACTIONS, PAIR.replace(good, bad));

        assertThat(shaped).isInstanceOf(Unfit.class);
        assertThat(((Unfit) shaped).pointer()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {'metric_name': 'solved', 'value': true, 'inference_id': 'i-1'}             | thumb  | 1
                    {'metric_name': 'solved', 'value': false, 'inference_id': 'i-1'}            | thumb  | 0
                    {'metric_name': 'reward', 'value': 0.75, 'inference_id': 'i-1'}             | rating | 4
                    {'metric_name': 'reward', 'value': 0, 'inference_id': 'i-1'}                | rating | 1
                    {'traceId': 'i-1', 'name': 'q', 'value': 1, 'dataType': 'NUMERIC'}          | rating | 5
                    {'traceId': 'i-1', 'name': 'q', 'value': 0.5}                               | rating | 3
                    {'traceId': 'i-1', 'name': 'q', 'value': 1, 'dataType': 'BOOLEAN'}          | thumb  | 1
                    {'traceId': 'i-1', 'name': 'q', 'value': false}                             | thumb  | 0
                    {'traceId': 'i-1', 'name': 'q', 'value': 'Good', 'dataType': 'CATEGORICAL'} | thumb  | 1
                    {'traceId': 'i-1', 'name': 'q', 'value': 'down'}                            | thumb  | 0
                    """)
    void aForeignScoreBecomesFeedback(String sent, String kind, double value) {
        Mapped score = mapped(Topics.FEEDBACK, sent);

        assertThat(score.topic()).isEqualTo(Topics.FEEDBACK);
        assertThat(score.fields().get("interactionId").asString()).isEqualTo("i-1");
        assertThat(score.fields().get("kind").asString()).isEqualTo(kind);
        assertThat(score.fields().get("value").doubleValue()).isEqualTo(value);
    }

    @Test
    void aLangfuseScoreKeepsItsIdAndComment() {
        Mapped score =
                mapped(
                        Topics.FEEDBACK,
                        "{'id': 's-1', 'traceId': 'i-1', 'name': 'q', 'value': 1, 'comment': 'well'}");

        assertThat(score.fields().get("feedbackId").asString()).isEqualTo("s-1");
        assertThat(score.fields().get("comment").asString()).isEqualTo("well");
        assertThat(score.origin("/interactionId")).isEqualTo("/traceId");
        assertThat(score.origin("/feedbackId")).isEqualTo("/id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'three'
                    [{'type': 'text', 'text': 'three'}]
                    """)
    void aTensorZeroDemonstrationBecomesACorrection(String value) {
        Mapped demonstration =
                mapped(
                        Topics.FEEDBACK,
                        "{'metric_name': 'demonstration', 'inference_id': 'i-1', 'value': %s}"
                                .formatted(value));

        assertThat(demonstration.topic()).isEqualTo(Topics.CORRECTIONS);
        assertThat(demonstration.fields().get("interactionId").asString()).isEqualTo("i-1");
        assertThat(demonstration.fields().get("answer").asString()).isEqualTo("three");
        assertThat(demonstration.origin("/answer")).isEqualTo("/value");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"metric_name": "comment", "value": "well", "inference_id": "i-1"}    | /metric_name | beside the value
                    {"metric_name": "reward", "value": 4, "inference_id": "i-1"}          | /value       | from 0 to 1
                    {"metric_name": "reward", "value": "4", "inference_id": "i-1"}        | /value       | from 0 to 1
                    {"metric_name": "demonstration", "value": 4, "inference_id": "i-1"}   | /value       | neither text nor
                    {"metric_name": "solved", "value": true, "episode_id": "e-1"}         | /episode_id  | inference_id
                    {"metric_name": "", "value": true, "inference_id": "i-1"}             | /metric_name | not a name
                    {"traceId": "i-1", "name": "q", "value": 2}                           | /value       | from 0 to 1
                    {"traceId": "i-1", "name": "q", "value": 2, "dataType": "BOOLEAN"}    | /value       | 0 or 1
                    {"traceId": "i-1", "name": "q", "value": "so-so"}                     | /value       | NUMERIC
                    {"traceId": "i-1", "name": "q", "value": 1, "dataType": "STARS"}      | /dataType    | CATEGORICAL
                    {"run_id": "i-1", "key": "q", "score": 1}                             | ``           | TensorZero
                    """)
    void aSignalThatCannotBeHeldSaysWhatToSend(String sent, String pointer, String hint) {
        Shaped shaped = shaped(Topics.FEEDBACK, sent);

        assertThat(shaped).isInstanceOf(Unfit.class);
        assertThat(((Unfit) shaped).pointer()).isEqualTo(pointer);
        assertThat(((Unfit) shaped).detail()).contains(hint);
    }

    @Test
    void ourOwnShapePassesAsItIs() {
        Mapped ours =
                mapped(
                        Topics.FEEDBACK,
                        "{'interactionId': 'i-1', 'kind': 'thumb', 'value': 1, 'name': 'q'}");

        assertThat(ours.fields().get("name").asString()).isEqualTo("q");
        assertThat(ours.origin("/value")).isEqualTo("/value");
    }
}
