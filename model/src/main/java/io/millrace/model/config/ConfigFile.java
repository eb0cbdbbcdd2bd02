package io.millrace.model.config;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A JSON object in a file, read field by field. A field that is there must be of its kind; null
 * counts as missing. Every {@link ModelException} names the file and the field.
 */
public final class ConfigFile {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final String place;
    private final JsonNode json;

    private ConfigFile(String place, JsonNode json) {
        this.place = place;
        this.json = json;
    }

    /**
     * Reads a file.
     *
     * @param advice what to do when it is not there
     * @throws ModelException when it is missing or holds no JSON object
     */
    public static ConfigFile read(Path file, String advice) {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(file + " is missing: " + advice);
        }
        JsonNode json;
        try {
            json = JSON.readTree(file.toFile());
        } catch (JacksonException e) {
            throw new ModelException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.isObject()) {
            throw new ModelException(file + " is not a JSON object");
        }
        return new ConfigFile(file.toString(), json);
    }

    /** The field as it is; a missing node when it is not there. */
    public JsonNode get(String field) {
        return json.path(field);
    }

    public boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** An object inside this one; an empty one when it is missing. */
    public ConfigFile object(String field) {
        JsonNode value = has(field) ? json.path(field) : JsonNodeFactory.instance.objectNode();
        if (!value.isObject()) {
            throw fault(field + " must be an object");
        }
        return new ConfigFile(place + ": " + field, value);
    }

    public int integer(String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw fault(field + " is missing or not an integer");
        }
        return value.intValue();
    }

    public int integer(String field, int otherwise) {
        return has(field) ? integer(field) : otherwise;
    }

    public double number(String field) {
        JsonNode value = json.path(field);
        if (!value.isNumber()) {
            throw fault(field + " is missing or not a number");
        }
        return value.doubleValue();
    }

    public double number(String field, double otherwise) {
        return has(field) ? number(field) : otherwise;
    }

    /** False when it is missing. */
    public boolean flag(String field) {
        if (has(field) && !json.path(field).isBoolean()) {
            throw fault(field + " must be true or false");
        }
        return json.path(field).booleanValue(false);
    }

    public String text(String field, String otherwise) {
        if (has(field) && !json.path(field).isString()) {
            throw fault(field + " must be a string");
        }
        return json.path(field).stringValue(otherwise);
    }

    /** The exception for something wrong in this file. */
    public ModelException fault(String what) {
        return new ModelException(place + ": " + what);
    }
}
