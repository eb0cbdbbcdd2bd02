package io.millrace.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Damages every place of a full document in every way and asks schema and record alike. One
 * difference is meant: a reader takes null for absent, a writer never writes it, so an optional
 * null is refused by the schema alone.
 */
class SchemaMutationTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<JsonNode> DAMAGE =
            List.of(
                    MissingNode.getInstance(),
                    JSON.nullNode(),
                    JSON.stringNode(""),
                    JSON.stringNode("two words"),
                    JSON.stringNode("7"),
                    JSON.numberNode(-2),
                    JSON.numberNode(0.5),
                    JSON.booleanNode(true),
                    JSON.arrayNode(),
                    JSON.objectNode());

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @ParameterizedTest
    @MethodSource("topics")
    void schema_and_record_refuse_the_same_damage(Topic<?> topic) {
        SchemaFile schema = SchemaFile.of(topic);
        JsonNode full = Golden.full(topic).document();
        List<String> disagreements = new ArrayList<>();
        List<String> refused = new ArrayList<>();

        for (JsonPointer place : places(full, JsonPointer.empty())) {
            for (JsonNode damage : DAMAGE) {
                JsonNode damaged = damaged(full, place, damage);
                boolean bySchema = !schema.errors(damaged).isEmpty();
                boolean byRecord = refusedByRecord(topic, damaged);
                if (bySchema) {
                    refused.add(place + " " + damage);
                }
                if (bySchema != byRecord && !(damage.isNull() && bySchema)) {
                    disagreements.add(
                            "%s %s: schema %s, record %s"
                                    .formatted(place, damage, bySchema, byRecord));
                }
            }
        }

        assertThat(disagreements).isEmpty();
        assertThat(refused).hasSizeGreaterThan(5 * full.size());
    }

    private static List<JsonPointer> places(JsonNode node, JsonPointer at) {
        Stream<JsonPointer> below =
                switch (node) {
                    case ObjectNode object ->
                            object.propertyNames().stream().map(at::appendProperty);
                    case ArrayNode array ->
                            Stream.iterate(0, i -> i < array.size(), i -> i + 1)
                                    .map(at::appendIndex);
                    default -> Stream.empty();
                };
        return below.flatMap(place ->
                        Stream.concat(
                                Stream.of(place), places(node.at(place.last()), place).stream()))
                .toList();
    }

    private static JsonNode damaged(JsonNode document, JsonPointer place, JsonNode damage) {
        JsonNode copy = document.deepCopy();
        JsonNode parent = copy.at(place.head());
        JsonPointer last = place.last();
        switch (parent) {
            case ObjectNode object when damage.isMissingNode() ->
                    object.remove(last.getMatchingProperty());
            case ObjectNode object -> object.set(last.getMatchingProperty(), damage);
            case ArrayNode array when damage.isMissingNode() ->
                    array.remove(last.getMatchingIndex());
            case ArrayNode array -> array.set(last.getMatchingIndex(), damage);
            default -> throw new IllegalArgumentException(place + " has no parent to change");
        }
        return copy;
    }

    private static boolean refusedByRecord(Topic<?> topic, JsonNode document) {
        try {
            EventJson.read(EventJson.MAPPER.writeValueAsBytes(document), topic.type());
            return false;
        } catch (UnreadableEventException e) {
            return true;
        }
    }
}
