package io.millrace.launcher.platform;

/** Whose Kafka. */
public sealed interface KafkaChoice {

    /** Ours, in this process, in the data directory. */
    record Embedded() implements KafkaChoice {}

    /** Yours. */
    record External(String bootstrapServers) implements KafkaChoice {}
}
