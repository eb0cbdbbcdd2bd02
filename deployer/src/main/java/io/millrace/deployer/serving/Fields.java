package io.millrace.deployer.serving;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of one JSON object, read with errors that name them. A field that is null is one that
 * is not there, as OpenAI's clients mean it.
 *
 * @param path where the object stands, such as {@code messages[0].}; empty for the body itself
 */
record Fields(JsonNode object, String path) {

    /** A field's full name. */
    String name(String field) {
        return path + field;
    }

    boolean has(String field) {
        return object.hasNonNull(field);
    }

    JsonNode required(String field) {
        if (!has(field)) {
            throw ApiError.missing(name(field));
        }
        return object.get(field);
    }

    @Nullable String text(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = object.get(field);
        if (!value.isString()) {
            throw ApiError.invalid(name(field), name(field) + " must be a string");
        }
        return value.stringValue();
    }

    boolean flag(String field) {
        if (!has(field)) {
            return false;
        }
        JsonNode value = object.get(field);
        if (!value.isBoolean()) {
            throw ApiError.invalid(name(field), name(field) + " must be true or false");
        }
        return value.booleanValue();
    }

    @Nullable Long integer(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = object.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ApiError.invalid(name(field), name(field) + " must be an integer");
        }
        return value.longValue();
    }

    double number(String field, double otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        JsonNode value = object.get(field);
        if (!value.isNumber()) {
            throw ApiError.invalid(name(field), name(field) + " must be a number");
        }
        return value.doubleValue();
    }

    /** An object within this one; empty when it is not there. */
    Fields object(String field) {
        JsonNode value = object.path(field);
        if (has(field) && !value.isObject()) {
            throw ApiError.invalid(name(field), name(field) + " must be an object");
        }
        return new Fields(value, name(field) + ".");
    }
}
