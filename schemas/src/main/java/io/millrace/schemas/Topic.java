package io.millrace.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;

/**
 * One topic of the catalogue.
 *
 * @param name without prefix, such as {@code interactions.v1}
 * @param eventType the CloudEvents {@code ce_type}
 * @param keyField name of the field that {@code key} reads, dotted where it lies deeper
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

    private static final Duration DEAD_LETTERS_KEPT = Duration.ofDays(730);

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

    /** Its settings on the broker, by Kafka's names. */
    public Map<String, String> config() {
        return switch (cleanup) {
            case COMPACT ->
                    Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
            case DELETE -> deleted(retention);
        };
    }

    /** The settings of {@link #deadLetters}, which has one partition. */
    public static Map<String, String> deadLettersConfig() {
        return deleted(DEAD_LETTERS_KEPT);
    }

    private static Map<String, String> deleted(Duration retention) {
        return Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(retention.toMillis()));
    }
}
