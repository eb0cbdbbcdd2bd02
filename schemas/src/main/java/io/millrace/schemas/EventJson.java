package io.millrace.schemas;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events as UTF-8 JSON: instants in ISO 8601, unknown fields ignored, missing required fields refused. Null fields are
 * left out.
 */
public final class EventJson {

    /** The one mapper of the wire format. */
    public static final JsonMapper MAPPER =
            JsonMapper.builder()
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .changeDefaultPropertyInclusion(
                            v -> v.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
                    .build();

    private EventJson() {}

    public static byte[] write(Object event) {
        return MAPPER.writeValueAsString(event).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads one event.
     *
     * @throws UnreadableEventException when the bytes are not JSON or do not fit the record; its message names the field
     */
    public static <E> E read(byte[] json, Class<E> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JacksonException e) {
            throw new UnreadableEventException(e.getOriginalMessage(), e);
        }
    }
}
