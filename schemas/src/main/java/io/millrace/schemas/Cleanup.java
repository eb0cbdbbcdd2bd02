package io.millrace.schemas;

/** What Kafka does with old records of a topic. */
public enum Cleanup {
    DELETE,
    COMPACT
}
