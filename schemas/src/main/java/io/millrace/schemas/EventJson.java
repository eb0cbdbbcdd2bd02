package io.millrace.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * Events as UTF-8 JSON. A writer leaves null fields out. A reader ignores unknown fields, takes
 * null for absent, and refuses what the schema refuses: a missing required field, a number in
 * quotes, text where a number belongs, a time that is not ISO 8601.
 */
public final class EventJson {

    /** The one mapper of the wire format. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder(utf8())
                    .annotationIntrospector(new DeclaredNullness())
                    .addModule(new SimpleModule().addDeserializer(Instant.class, new Iso8601()))
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                    .withCoercionConfig(LogicalType.Textual, EventJson::onlyText)
                    .changeDefaultPropertyInclusion(
                            i -> i.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();

    private EventJson() {}

    public static byte[] write(Object event) {
        return MAPPER.writeValueAsString(event).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads one event.
     *
     * @throws UnreadableEventException when the bytes are not JSON in UTF-8 or do not fit the
     *     record; its message names the field and holds nothing of the content
     */
    public static <E> E read(byte[] json, Class<E> type) {
        if (!isUtf8(json)) {
            throw new UnreadableEventException(type, "not UTF-8");
        }
        @Nullable E event;
        try {
            event = MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw UnreadableEventException.of(type, e);
        }
        if (event == null) {
            throw new UnreadableEventException(type, "null is not an event");
        }
        return event;
    }

    /**
     * Reads one event of a tree, as {@link #read(byte[], Class)} does of bytes.
     *
     * @throws UnreadableEventException when the tree does not fit the record
     */
    public static <E> E read(JsonNode tree, Class<E> type) {
        @Nullable E event;
        try {
            event = MAPPER.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw UnreadableEventException.of(type, e);
        }
        if (event == null) {
            throw new UnreadableEventException(type, "null is not an event");
        }
        return event;
    }

    /** Takes no bytes for UTF-16 or UTF-32, which the wire format does not know. */
    private static JsonFactory utf8() {
        return JsonFactory.builder().disable(TokenStreamFactory.Feature.CHARSET_DETECTION).build();
    }

    /** Jackson reads more than UTF-8 allows, such as a slash in two bytes. */
    private static boolean isUtf8(byte[] text) {
        int bits = 0;
        for (byte b : text) {
            bits |= b;
        }
        if (bits >= 0) {
            return true; // ASCII
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static void onlyText(MutableCoercionConfig coercion) {
        coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }
}
