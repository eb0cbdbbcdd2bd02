package io.millrace.runtime;

import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What of a record has room in its dead letter: one of the largest size must fit in together with
 * the headers that say where it came from and why it is there.
 */
public final class Fitting {

    private static final int MOST_HEADER_BYTES = 16_000;

    /** Characters; five times as long as any id. */
    private static final int LONGEST_KEY = 1_000;

    private Fitting() {}

    /** Cut at {@link EventProducer#MAX_EVENT_BYTES}. */
    public static byte @Nullable [] value(byte @Nullable [] value) {
        return value == null || value.length <= EventProducer.MAX_EVENT_BYTES
                ? value
                : Arrays.copyOf(value, EventProducer.MAX_EVENT_BYTES);
    }

    /** Cut at a thousand characters. */
    public static @Nullable String key(@Nullable String key) {
        return key == null || key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }

    /** A copy of all or, where they would not fit beside the rest, of none. */
    public static Headers headers(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes > MOST_HEADER_BYTES ? new RecordHeaders() : new RecordHeaders(headers);
    }
}
