package io.millrace.ingest.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI 3.1 document of the endpoints. Its schemas are those of the events, less what the
 * gateway fills in; what does not follow from them stands in {@code openapi.json}.
 */
final class OpenApi {

    private static final String AS_JSON = "/openapi.json";
    private static final String AS_YAML = "/openapi.yaml";
    private static final String SCHEMAS = "#/components/schemas/";
    private static final Map<Topic<?>, List<String>> SHAPES =
            Map.of(
                    Topics.INTERACTIONS,
                    List.of("OpenAiPair"),
                    Topics.FEEDBACK,
                    List.of("TensorZeroFeedback", "LangfuseScore"));

    private final ObjectNode document = (ObjectNode) resource("openapi.json");
    private final ObjectNode schemas = document.withObject("/components/schemas");

    private OpenApi() {}

    /** Where the document is served, as JSON and as YAML. */
    static List<Route> routes() {
        OpenApi api = new OpenApi();
        Endpoint.all().forEach(api::add);
        api.addDocument(AS_JSON);
        api.addDocument(AS_YAML);
        return List.of(
                new Route(
                        Method.GET,
                        AS_JSON,
                        served("application/json", EventJson.write(api.document))),
                new Route(
                        Method.GET,
                        AS_YAML,
                        served(
                                "application/yaml",
                                YAMLMapper.shared().writeValueAsBytes(api.document))));
    }

    private static Handler served(String mediaType, byte[] document) {
        return (request, response) ->
                response.header(HeaderNames.CONTENT_TYPE, mediaType).send(document);
    }

    private void add(Endpoint<?> endpoint) {
        ObjectNode schema =
                (ObjectNode) resource("/schemas/" + endpoint.topic().name() + ".schema.json");
        String request = schema.get("title").asString() + "Request";
        schemas.set(request, request(endpoint, schema, request));
        List<String> shapes = new ArrayList<>(List.of(request));
        shapes.addAll(SHAPES.getOrDefault(endpoint.topic(), List.of()));
        ObjectNode operation = operation(endpoint.path(), Method.POST);
        operation
                .put("operationId", endpoint.name())
                .put("summary", schema.get("description").asString());
        operation
                .putArray("parameters")
                .add(ref("#/components/parameters/principal"))
                .add(ref("#/components/parameters/key"));
        ObjectNode content =
                operation.putObject("requestBody").put("required", true).putObject("content");
        for (MediaType type : MediaType.values()) {
            ObjectNode media = content.putObject(type.text());
            media.set("schema", body(type, endpoint.topic(), shapes));
        }
        ObjectNode examples = content.withObject("/application~1json").putObject("examples");
        shapes.forEach(shape -> examples.set(shape, ref("#/components/examples/" + shape)));
        ObjectNode responses = operation.putObject("responses");
        responses
                .putObject("202")
                .put("description", "Kafka has every event.")
                .putObject("content")
                .putObject(MediaType.JSON.text())
                .set("schema", ref(SCHEMAS + "Accepted"));
        for (String status :
                List.of("400", "401", "403", "409", "413", "415", "422", "429", "503")) {
            responses.set(status, ref("#/components/responses/problem"));
        }
    }

    private void addDocument(String path) {
        ObjectNode operation = operation(path, Method.GET).put("summary", "This document.");
        operation.putObject("responses").putObject("200").put("description", "The document.");
    }

    private ObjectNode operation(String path, Method method) {
        ObjectNode paths = (ObjectNode) document.get("paths");
        return paths.putObject(path).putObject(method.text().toLowerCase(Locale.ROOT));
    }

    private static ObjectNode body(MediaType type, Topic<?> topic, List<String> shapes) {
        return switch (type) {
            case JSON -> anyOf(shapes);
            case NDJSON -> object().put("type", "string").put("description", "One object a line.");
            case CLOUD_EVENT -> cloudEvent(topic, shapes);
            case CLOUD_EVENTS -> {
                ObjectNode list = object().put("type", "array").put("minItems", 1);
                list.set("items", cloudEvent(topic, shapes));
                yield list;
            }
        };
    }

    private static ObjectNode cloudEvent(Topic<?> topic, List<String> shapes) {
        ObjectNode event = object().put("type", "object");
        ArrayNode required = event.putArray("required");
        List.of("specversion", "type", "source", "id", "data").forEach(required::add);
        ObjectNode properties = event.putObject("properties");
        properties.putObject("specversion").put("const", "1.0");
        properties.putObject("type").put("const", topic.eventType());
        properties.putObject("source").put("type", "string").put("minLength", 1);
        properties.putObject("id").put("type", "string").put("minLength", 1);
        properties.putObject("time").put("type", "string").put("format", "date-time");
        properties.set("data", anyOf(shapes));
        return event;
    }

    private static ObjectNode anyOf(List<String> shapes) {
        ObjectNode schema = object();
        ArrayNode any = schema.putArray("anyOf");
        shapes.forEach(shape -> any.add(ref(SCHEMAS + shape)));
        return schema;
    }

    /** The event's schema without what the gateway fills in, its own references under its name. */
    private static ObjectNode request(Endpoint<?> endpoint, ObjectNode schema, String name) {
        ObjectNode request = schema.deepCopy();
        request.remove(List.of("$schema", "$id", "title"));
        ArrayNode required = request.putArray("required");
        for (JsonNode field : schema.get("required")) {
            String filled = field.asString();
            boolean names = filled.equals(endpoint.id()) && !filled.equals("principal");
            if (!names && !endpoint.defaults().has(filled) && !filled.equals("occurredAt")) {
                required.add(filled);
            }
        }
        ((ObjectNode) request.get("properties")).remove("tenant");
        for (JsonNode holder : request.findParents("$ref")) {
            String reference = holder.get("$ref").asString();
            ((ObjectNode) holder).put("$ref", SCHEMAS + name + reference.substring(1));
        }
        return request;
    }

    private static ObjectNode ref(String to) {
        return object().put("$ref", to);
    }

    private static ObjectNode object() {
        return EventJson.MAPPER.createObjectNode();
    }

    private static JsonNode resource(String name) {
        try (InputStream json = OpenApi.class.getResourceAsStream(name)) {
            return EventJson.MAPPER.readTree(Objects.requireNonNull(json, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
