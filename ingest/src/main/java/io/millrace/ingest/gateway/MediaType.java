package io.millrace.ingest.gateway;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How events may stand in a body. */
enum MediaType {
    /** One event; a CloudEvent in binary mode when {@code ce-} headers come with it. */
    JSON("application/json", false),
    /** One event a line. */
    NDJSON("application/x-ndjson", true),
    /** One CloudEvent in structured mode. */
    CLOUD_EVENT("application/cloudevents+json", false),
    /** A list of such. */
    CLOUD_EVENTS("application/cloudevents-batch+json", true);

    private final String text;
    private final boolean batch;

    MediaType(String text, boolean batch) {
        this.text = text;
        this.batch = batch;
    }

    String text() {
        return text;
    }

    /** Whether the answer names a list of ids. */
    boolean batch() {
        return batch;
    }

    static Optional<MediaType> of(String text) {
        return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
    }

    /** All of them, as a header lists them. */
    static String all() {
        return Arrays.stream(values()).map(MediaType::text).collect(Collectors.joining(", "));
    }
}
