package io.millrace.schemas;

/** The records of one partition from {@code from} (included) to {@code to} (excluded). */
public record OffsetRange(String topic, int partition, long from, long to) {

    public OffsetRange {
        Require.text("topic", topic);
        if (partition < 0 || from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "an offset range needs partition >= 0 and 0 <= from <= to");
        }
    }

    /** How many offsets it spans; transaction markers among them count too. */
    public long span() {
        return to - from;
    }
}
