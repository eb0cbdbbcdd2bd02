package io.millrace.schemas;

import static java.util.Objects.requireNonNull;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The schema file of one topic, {@code src/main/resources/schemas/<topic>.schema.json}. */
record SchemaFile(JsonNode root, Schema schema) {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12,
                    registry ->
                            registry.schemaRegistryConfig(
                                    SchemaRegistryConfig.builder()
                                            .formatAssertionsEnabled(true)
                                            .build()));

    static String nameOf(Topic<?> topic) {
        return topic.name() + ".schema.json";
    }

    static SchemaFile of(Topic<?> topic) {
        InputStream file = SchemaFile.class.getResourceAsStream("/schemas/" + nameOf(topic));
        JsonNode root = EventJson.MAPPER.readTree(requireNonNull(file, nameOf(topic)));
        return new SchemaFile(root, REGISTRY.getSchema(root));
    }

    List<Error> errors(JsonNode document) {
        return schema.validate(document);
    }

    /** The definition that a property refers to, or the property itself. */
    JsonNode resolve(JsonNode property) {
        return property.has("$ref")
                ? root.at(property.get("$ref").stringValue().substring(1))
                : property;
    }
}
