package io.millrace.schemas;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/**
 * One topic of the catalogue.
 *
 * @param name without prefix, such as {@code interactions.v1}
 * @param eventType the CloudEvents {@code ce_type}
 * @param keyField name of the field that {@code key} reads
 * @param owners the only services that write it
 * @param retention how long records stay; forever for a compacted topic's latest record of a key
 */
public record Topic<E extends Event>(
        String name,
        Class<E> type,
        String eventType,
        String keyField,
        Function<E, String> key,
        Set<Owner> owners,
        int partitions,
        Cleanup cleanup,
        Duration retention) {

    public Topic {
        owners = Set.copyOf(owners);
    }

    /** Its name on the broker. */
    public String named(String prefix) {
        return prefix + "." + name;
    }

    /** Where records go that a reader could not read. */
    public String deadLetters(String prefix) {
        return named(prefix) + ".dlq";
    }
}
