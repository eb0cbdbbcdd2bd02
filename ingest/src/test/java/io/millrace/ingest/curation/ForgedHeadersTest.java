package io.millrace.ingest.curation;

import static io.millrace.ingest.curation.Events.demonstration;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.DeadLetters;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topics;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Whoever writes to Kafka directly may put anything into a record's headers. */
class ForgedHeadersTest extends CurationFixture {

    @Override
    PoisoningRules poisoning() {
        return new PoisoningRules(1, 20, 1_000, Corroboration.NONE, Set.of());
    }

    @Test
    void aReleaseThatNoReviewerGaveLiftsNoCap() {
        demonstrate("d-1", "Where is my parcel?", headers("ce_source", "/somebody"));
        demonstrate(
                "d-2",
                "How do I cancel this?",
                headers("millrace.review.decision", "RELEASE")
                        .add("millrace.review.reason", "contaminated".getBytes(UTF_8)));

        assertThat(events(Topics.SFT)).hasSize(1);
        assertThat(only(Topics.QUARANTINE).reason()).isEqualTo("principal-cap");
    }

    @Test
    void aDropThatNoReviewerGaveBarsNothing() {
        demonstrate("d-1", "Where is my parcel?", headers("millrace.review.decision", "DROP"));

        assertThat(events(Topics.SFT)).hasSize(1);
        assertFates(1, Fate.SFT);
    }

    @Test
    void headersWithoutSenseOrValueStopNothing() {
        demonstrate("d-1", "Where is my parcel?", headers("millrace.review.decision", "maybe"));
        demonstrate("d-2", "How do I cancel this?", new RecordHeaders().add("ce_source", null));

        assertFates(1, Fate.SFT, 1, Fate.QUARANTINE);
    }

    @Test
    void aRecordDoesNotChooseItsDeadLetters() {
        Headers forged =
                headers(DeadLetters.TOPIC, "millrace.instructions.sft.v1")
                        .add(DeadLetters.OFFSET, "77".getBytes(UTF_8));
        input("millrace.demonstrations.v1")
                .pipeInput(new TestRecord<>("d-1", "{".getBytes(UTF_8), forged, Events.MORNING));

        TestRecord<String, byte[]> letter = records("millrace.demonstrations.v1.dlq").getFirst();
        assertThat(header(letter, DeadLetters.TOPIC)).isEqualTo("millrace.demonstrations.v1");
        assertThat(header(letter, DeadLetters.OFFSET)).isEqualTo("0");
    }

    private void demonstrate(String id, String prompt, Headers headers) {
        byte[] json = EventJson.write(demonstration(id, prompt, "answer " + id));
        input("millrace.demonstrations.v1")
                .pipeInput(new TestRecord<>(id, json, headers, Events.MORNING));
    }

    private static Headers headers(String name, String value) {
        return new RecordHeaders().add(name, value.getBytes(UTF_8));
    }
}
