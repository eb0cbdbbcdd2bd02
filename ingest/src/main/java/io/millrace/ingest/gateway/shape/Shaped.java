package io.millrace.ingest.gateway.shape;

import io.millrace.schemas.Topic;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What a JSON object that somebody sent amounts to. */
public sealed interface Shaped {

    /**
     * An event in our words, defaults not yet filled in.
     *
     * @param topic where it belongs, which may be another one than it was posted to
     * @param origins where a field stood in what was sent, both as JSON pointers; one that is not
     *     here stood where it stands
     */
    record Mapped(Topic<?> topic, ObjectNode fields, Map<String, String> origins)
            implements Shaped {

        public Mapped {
            origins = Map.copyOf(origins);
        }

        /** Where a field of ours, or what lies below it, stood in what was sent. */
        public String origin(String pointer) {
            for (String above = pointer; !above.isEmpty(); above = parent(above)) {
                String origin = origins.get(above);
                if (origin != null) {
                    return origin + pointer.substring(above.length());
                }
            }
            return pointer;
        }

        private static String parent(String pointer) {
            return pointer.substring(0, pointer.lastIndexOf('/'));
        }
    }

    /**
     * It can't be held.
     *
     * @param pointer at the field, as it was sent
     * @param detail says what to send instead
     */
    record Unfit(String pointer, String detail) implements Shaped {}
}
