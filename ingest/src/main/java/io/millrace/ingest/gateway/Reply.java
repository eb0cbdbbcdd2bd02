package io.millrace.ingest.gateway;

import io.millrace.schemas.EventJson;
import java.util.List;
import java.util.Map;

/** What an accepted request is answered, as JSON. */
record Reply(String json) {

    /** One event's id, or a batch's. */
    static Reply of(List<String> ids, boolean batch) {
        return new Reply(
                EventJson.MAPPER.writeValueAsString(
                        batch ? Map.of("ids", ids) : Map.of("id", ids.getFirst())));
    }
}
