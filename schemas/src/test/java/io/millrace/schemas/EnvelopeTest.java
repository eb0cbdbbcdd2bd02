package io.millrace.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {

    private static final Envelope FEEDBACK = Envelope.of(Topics.FEEDBACK);

    @Test
    void what_we_write_has_no_flaw() {
        Erasure erasure = new Erasure(new PrincipalId("ann"), null, Instant.EPOCH);

        assertThat(
                        Envelope.of(Topics.ERASURES)
                                .flaw(
                                        CloudEvents.record("m", Topics.ERASURES, erasure, "/s")
                                                .headers()))
                .isEmpty();
    }

    @Test
    void a_record_without_an_envelope_has_no_flaw() {
        assertThat(FEEDBACK.flaw(new RecordHeaders())).isEmpty();
        assertThat(FEEDBACK.flaw(new RecordHeaders().add("ce_types", null))).isEmpty();
    }

    @Test
    void the_schema_that_the_catalogue_names_has_no_flaw() {
        for (Topic<?> topic : Topics.all()) {
            String id = SchemaFile.of(topic).root().get("$id").asString();
            assertThat(Envelope.of(topic).flaw(headers("ce_dataschema", id))).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ce_type, io.millrace.feedback.v2, its ce_type is not io.millrace.feedback.v1",
        "ce_type, io.millrace.interaction.v1, its ce_type is not io.millrace.feedback.v1",
        "ce_type, '', its ce_type is not io.millrace.feedback.v1",
        "ce_specversion, 0.3, its ce_specversion is not 1.0",
        "ce_dataschema, urn:millrace:schema:feedback.v2, its ce_dataschema is not urn:millrace:schema:feedback.v1",
    })
    void another_version_and_another_topic_are_flaws(String name, String value, String flaw) {
        assertThat(FEEDBACK.flaw(headers(name, value))).contains(flaw);
    }

    @Test
    void of_two_headers_of_a_name_both_must_be_right() {
        String right = Topics.FEEDBACK.eventType();

        assertThat(FEEDBACK.flaw(headers("ce_type", right, right))).isEmpty();
        assertThat(FEEDBACK.flaw(headers("ce_type", right, "x"))).isPresent();
        assertThat(FEEDBACK.flaw(headers("ce_type", "x", right))).isPresent();
        assertThat(FEEDBACK.flaw(new RecordHeaders().add("ce_type", null))).isPresent();
    }

    private static Headers headers(String name, String... values) {
        Headers headers = new RecordHeaders();
        List.of(values).forEach(v -> headers.add(new RecordHeader(name, v.getBytes(UTF_8))));
        return headers;
    }
}
