package io.millrace.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.gateway.GatewayUnderTest.Response;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The document and the handlers say the same, each way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private static final String SCHEMAS = "#/components/schemas/";

    private GatewayUnderTest gateway;
    private ObjectNode document;

    /** An example of a shape and the path that it goes to. */
    private record Example(String path, String shape, ObjectNode value) {}

    @BeforeAll
    void start() {
        gateway = new GatewayUnderTest(GatewaySettings.STANDARD);
        document = (ObjectNode) gateway.get("/openapi.json").json();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private Set<String> documented() {
        Set<String> operations = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .propertyNames()
                                .forEach(method ->
                                        operations.add(
                                                method.toUpperCase(Locale.ROOT)
                                                        + " "
                                                        + path.getKey())));
        return operations;
    }

    private List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (Endpoint<?> endpoint : Endpoint.all()) {
            JsonNode named =
                    document.path("paths")
                            .path(endpoint.path())
                            .at("/post/requestBody/content/application~1json/examples");
            named.properties()
                    .forEach(example ->
                            examples.add(
                                    new Example(
                                            endpoint.path(),
                                            example.getKey(),
                                            (ObjectNode)
                                                    document.at(
                                                            example.getValue()
                                                                            .get("$ref")
                                                                            .asString()
                                                                            .substring(1)
                                                                    + "/value"))));
        }
        return examples;
    }

    private boolean fits(String shape, JsonNode value) {
        ObjectNode root = EventJson.MAPPER.createObjectNode().put("$ref", SCHEMAS + shape);
        root.set("components", document.get("components"));
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(root);
        return schema.validate(value).isEmpty();
    }

    private List<String> required(String shape) {
        return document.at("/components/schemas/" + shape + "/required")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void itIsServedAsJsonAndAsYaml() {
        Response yaml = gateway.get("/openapi.yaml");

        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
        assertThat(yaml.status()).isEqualTo(200);
        assertThat(new YAMLMapper().readTree(yaml.http().body()).equals(document)).isTrue();
    }

    @Test
    void everyRouteIsDocumentedAndNothingElse() {
        Set<String> routed = new TreeSet<>();
        GatewayService.routes(
                        GatewayConfig.local(0),
                        new Nowhere(),
                        new SimpleMeterRegistry(),
                        Clock.systemUTC())
                .forEach(route -> routed.add(route.method().text() + " " + route.path()));

        assertThat(documented()).isEqualTo(routed);
    }

    @Test
    void everyDocumentedOperationIsAnswered() {
        for (String operation : documented()) {
            String path = operation.substring(operation.indexOf(' ') + 1);
            Response response =
                    operation.startsWith("GET ") ? gateway.get(path) : gateway.post(path, "[]");

            assertThat(response.status()).as(operation).isNotIn(404, 405, 500);
        }
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references =
                document.findValues("$ref").stream().map(JsonNode::asString).toList();

        assertThat(references).isNotEmpty();
        assertThat(references)
                .allSatisfy(reference ->
                        assertThat(document.at(reference.substring(1)).isMissingNode())
                                .as(reference)
                                .isFalse());
    }

    @Test
    void everyExampleFitsItsSchemaAndIsAccepted() {
        assertThat(examples()).hasSize(9);
        for (Example example : examples()) {
            assertThat(fits(example.shape(), example.value())).as(example.shape()).isTrue();
            assertThat(gateway.post(example.path(), example.value().toString()).status())
                    .as(example.shape())
                    .isEqualTo(202);
        }
    }

    @Test
    void aRequiredFieldIsRequiredAndTheOthersAreNot() {
        for (Example example : examples()) {
            List<String> required = required(example.shape());
            for (String field : required) {
                ObjectNode less = example.value().deepCopy().without(field);
                assertThat(fits(example.shape(), less))
                        .as("%s without %s", example.shape(), field)
                        .isFalse();
                assertThat(gateway.post(example.path(), less.toString()).status())
                        .as("%s without %s", example.shape(), field)
                        .isEqualTo(400);
            }
            ObjectNode least = example.value().deepCopy().retain(required);
            assertThat(fits(example.shape(), least)).as(example.shape()).isTrue();
            assertThat(gateway.post(example.path(), least.toString()).status())
                    .as("%s with %s alone", example.shape(), required)
                    .isEqualTo(202);
        }
    }

    @Test
    void aCloudEventNeedsWhatItsSchemaNeeds() {
        for (Example example : examples()) {
            JsonNode schema =
                    document.path("paths")
                            .path(example.path())
                            .at("/post/requestBody/content/application~1cloudevents+json/schema");
            ObjectNode event =
                    EventJson.MAPPER
                            .createObjectNode()
                            .put("specversion", "1.0")
                            .put("type", schema.at("/properties/type/const").asString())
                            .put("source", "/test")
                            .put("id", "ce-1");
            event.set("data", example.value());

            assertThat(cloudEvent(example, event).status()).as(example.shape()).isEqualTo(202);
            for (JsonNode field : schema.get("required")) {
                ObjectNode less = event.deepCopy().without(field.asString());
                assertThat(cloudEvent(example, less).status())
                        .as("%s without %s", example.path(), field)
                        .isEqualTo(400);
            }
        }
    }

    private Response cloudEvent(Example example, ObjectNode event) {
        return gateway.post(
                example.path(), event.toString(), "content-type", "application/cloudevents+json");
    }

    private static final class Nowhere implements Outlet {
        @Override
        public <E extends Event> Optional<Letter> prepare(Topic<E> topic, E event) {
            return Optional.empty();
        }
    }
}
