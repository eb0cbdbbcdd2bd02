package io.millrace.ingest.gateway;

/**
 * How large a request may be. What is too long is refused with 413, what is too deep with 400,
 * before it costs memory.
 *
 * @param maxBodyBytes of one request, a batch included
 * @param maxDepth of objects and lists in one another
 * @param maxStringLength characters of one text
 * @param maxNumberLength characters of one number
 * @param maxBatchEvents in one request
 */
public record Limits(
        int maxBodyBytes,
        int maxDepth,
        int maxStringLength,
        int maxNumberLength,
        int maxBatchEvents) {

    /** 1 MiB a body, 32 deep, 256 Ki characters a text, 100 digits, 1,000 events. */
    public static final Limits STANDARD = new Limits(1 << 20, 32, 1 << 18, 100, 1_000);

    public Limits {
        atLeastOne("max-body-bytes", maxBodyBytes);
        atLeastOne("max-depth", maxDepth);
        atLeastOne("max-string-length", maxStringLength);
        atLeastOne("max-number-length", maxNumberLength);
        atLeastOne("max-batch-events", maxBatchEvents);
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1");
        }
    }
}
