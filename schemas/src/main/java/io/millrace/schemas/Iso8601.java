package io.millrace.schemas;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/**
 * Instants as text only. A bare number would be seconds to one writer and milliseconds to another,
 * and a time in the far future expires the state of a stream.
 */
final class Iso8601 extends StdScalarDeserializer<Instant> {

    Iso8601() {
        super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) {
        if (!json.hasToken(JsonToken.VALUE_STRING)) {
            return (Instant) context.handleUnexpectedToken(Instant.class, json);
        }
        try {
            return Instant.parse(json.getString());
        } catch (DateTimeParseException e) {
            return (Instant)
                    context.handleWeirdStringValue(Instant.class, json.getString(), "not ISO 8601");
        }
    }
}
