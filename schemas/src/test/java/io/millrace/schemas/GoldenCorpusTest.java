package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatObject;

import com.networknt.schema.Error;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the corpus promises of schema and record alike. See {@link Golden} for how it grows. */
class GoldenCorpusTest {

    /** A writer may say 1 or 1.0 for the same number. */
    private static final Comparator<JsonNode> BY_VALUE =
            (a, b) -> a.equals(GoldenCorpusTest::numbers, b) ? 0 : 1;

    static List<Golden> valid() {
        return Golden.valid();
    }

    static List<Golden> invalid() {
        return Golden.invalid();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void a_valid_document_fits_the_schema(Golden golden) {
        assertThat(SchemaFile.of(golden.topic()).errors(golden.document())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void a_valid_document_survives_reading_and_writing(Golden golden) {
        Event event = EventJson.read(golden.bytes(), golden.topic().type());

        JsonNode written = EventJson.MAPPER.readTree(EventJson.write(event));

        assertThatObject(written)
                .usingComparator(BY_VALUE)
                .isEqualTo(withoutUnknown(golden.document()));
        assertThat(SchemaFile.of(golden.topic()).errors(written)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void an_event_reads_back_as_it_was_written(Golden golden) {
        Event event = EventJson.read(golden.bytes(), golden.topic().type());

        Event again = EventJson.read(EventJson.write(event), golden.topic().type());

        assertThat(again).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void an_invalid_document_is_refused_by_the_schema_at_that_field(Golden golden) {
        List<String> refused =
                SchemaFile.of(golden.topic()).errors(golden.document().get("document")).stream()
                        .map(GoldenCorpusTest::field)
                        .toList();

        assertThat(refused).contains(golden.document().get("field").stringValue());
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void an_invalid_document_is_refused_by_the_record_for_that_reason(Golden golden) {
        byte[] json = EventJson.MAPPER.writeValueAsBytes(golden.document().get("document"));

        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> EventJson.read(json, golden.topic().type()))
                .withMessageStartingWith(golden.topic().type().getSimpleName() + ": ")
                .withMessageContaining(golden.document().get("reason").stringValue());
    }

    @ParameterizedTest
    @MethodSource("valid")
    void a_tree_reads_as_its_bytes_do(Golden golden) {
        assertThat((Event) EventJson.read(golden.document(), golden.topic().type()))
                .isEqualTo(EventJson.read(golden.bytes(), golden.topic().type()));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void a_tree_is_refused_as_its_bytes_are(Golden golden) {
        JsonNode document = golden.document().get("document");

        assertThatExceptionOfType(UnreadableEventException.class)
                .isThrownBy(() -> EventJson.read(document, golden.topic().type()))
                .withMessageContaining(golden.document().get("reason").stringValue());
    }

    @Test
    void the_full_document_has_every_field_of_the_schema() {
        for (Topic<?> topic : Topics.all()) {
            assertThat(Golden.full(topic).document().propertyNames())
                    .as(topic.name())
                    .containsExactlyElementsOf(
                            SchemaFile.of(topic).root().get("properties").propertyNames());
        }
    }

    @Test
    void the_minimal_document_has_no_field_to_spare() {
        for (Topic<?> topic : Topics.all()) {
            JsonNode minimal = Golden.of(topic, "minimal").document();
            for (String field : minimal.propertyNames()) {
                JsonNode less = ((ObjectNode) minimal.deepCopy()).without(field);
                assertThat(SchemaFile.of(topic).errors(less))
                        .as("%s without %s", topic.name(), field)
                        .isNotEmpty();
            }
        }
    }

    private static int numbers(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.asDecimal().compareTo(b.asDecimal());
        }
        return a.equals(b) ? 0 : 1;
    }

    /** The corpus calls every field that no schema knows {@code addedLater}. */
    private static JsonNode withoutUnknown(JsonNode document) {
        JsonNode copy = document.deepCopy();
        copy.findParents("addedLater")
                .forEach(parent -> ((ObjectNode) parent).remove("addedLater"));
        return copy;
    }

    /** Where an error lies; one of a missing property lies at the property. */
    private static String field(Error error) {
        String missing = error.getProperty() == null ? "" : "/" + error.getProperty();
        return error.getInstanceLocation() + missing;
    }
}
