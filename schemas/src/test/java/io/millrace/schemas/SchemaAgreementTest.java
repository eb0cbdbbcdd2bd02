package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonValue;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Each record and its schema file say the same: fields, order, absence, types, enums, all the way
 * down.
 */
class SchemaAgreementTest {

    private final List<String> disagreements = new ArrayList<>();

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_record_and_its_schema_have_the_same_shape(Topic<?> topic) {
        SchemaFile schema = SchemaFile.of(topic);

        compareRecord(topic.type(), schema, schema.root(), "$");

        assertThat(disagreements).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void a_schema_names_its_event(Topic<?> topic) {
        JsonNode root = SchemaFile.of(topic).root();

        assertThat(root.get("$schema").stringValue())
                .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(root.get("$id").stringValue()).isEqualTo("urn:millrace:schema:" + topic.name());
        assertThat(root.get("title").stringValue()).isEqualTo(topic.type().getSimpleName());
        assertThat(root.get("description").stringValue()).isNotBlank();
    }

    @Test
    void a_schema_leaves_room_for_fields_that_are_added_later() {
        for (Topic<?> topic : Topics.all()) {
            assertThat(SchemaFile.of(topic).root().findValues("additionalProperties"))
                    .as(topic.name())
                    .isEmpty();
        }
    }

    @Test
    void a_definition_that_several_schemas_share_reads_the_same_in_each() {
        Map<String, JsonNode> seen = new HashMap<>();
        for (Topic<?> topic : Topics.all()) {
            JsonNode definitions = SchemaFile.of(topic).root().path("$defs");
            definitions
                    .propertyStream()
                    .forEach(definition ->
                            assertThat(definition.getValue())
                                    .as("%s in %s", definition.getKey(), topic.name())
                                    .isEqualTo(
                                            seen.computeIfAbsent(
                                                    definition.getKey(),
                                                    _ -> definition.getValue())));
        }
    }

    @Test
    void there_is_one_schema_file_for_each_topic() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/schemas"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Topics.all().stream().map(SchemaFile::nameOf).toList());
        }
    }

    private void compareRecord(Class<?> type, SchemaFile schema, JsonNode object, String at) {
        List<RecordComponent> components = List.of(type.getRecordComponents());
        expect(at + " type", "object", object.path("type").asString());
        expect(
                at + " fields",
                components.stream().map(RecordComponent::getName).toList(),
                List.copyOf(object.path("properties").propertyNames()));
        expect(
                at + " required",
                components.stream()
                        .filter(c -> !nullable(c))
                        .map(RecordComponent::getName)
                        .toList(),
                texts(object.path("required")));
        for (RecordComponent component : components) {
            JsonNode property = object.path("properties").path(component.getName());
            String place = at + "." + component.getName();
            expect(place + " described", true, schema.resolve(property).has("description"));
            compare(component.getGenericType(), schema, property, place);
        }
    }

    private void compare(Type type, SchemaFile schema, JsonNode property, String at) {
        JsonNode resolved = schema.resolve(property);
        switch (type) {
            case ParameterizedType list -> {
                expect(at + " type", "array", resolved.path("type").asString());
                compare(
                        list.getActualTypeArguments()[0],
                        schema,
                        resolved.path("items"),
                        at + "[]");
            }
            case Class<?> c when c.isRecord() && !isText(c) ->
                    compareRecord(c, schema, resolved, at);
            case Class<?> c -> compareScalar(c, resolved, at);
            default -> disagreements.add(at + ": no JSON type is known for " + type);
        }
    }

    private void compareScalar(Class<?> type, JsonNode property, String at) {
        expect(at + " type", jsonType(type), property.path("type").asString());
        expect(at + " enum", names(type), texts(property.path("enum")));
        expect(
                at + " format",
                type == Instant.class ? "date-time" : "",
                property.path("format").asString(""));
        expect(
                at + " maximum",
                type == int.class,
                property.path("maximum").asInt(0) == Integer.MAX_VALUE);
        expect(at + " pattern", true, !isText(type) || property.has("pattern"));
    }

    private static String jsonType(Class<?> type) {
        if (type == int.class || type == long.class) {
            return "integer";
        }
        return type == double.class || type == Double.class ? "number" : "string";
    }

    /** A record that is one text on the wire, such as {@link InteractionId}. */
    private static boolean isText(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getRecordComponents())
                        .anyMatch(c -> c.getAccessor().isAnnotationPresent(JsonValue.class));
    }

    private static List<String> names(Class<?> type) {
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants())
                        .map(constant -> EventJson.MAPPER.convertValue(constant, String.class))
                        .toList()
                : List.of();
    }

    private static boolean nullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private void expect(String what, Object ofRecord, Object ofSchema) {
        if (!ofRecord.equals(ofSchema)) {
            disagreements.add(
                    "%s: record says %s, schema says %s".formatted(what, ofRecord, ofSchema));
        }
    }
}
