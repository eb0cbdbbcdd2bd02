package io.millrace.ingest;

import io.millrace.schemas.Event;
import io.millrace.schemas.Topic;
import java.util.concurrent.CompletableFuture;

/** Where events go; a Kafka producer outside of tests. */
@FunctionalInterface
public interface EventSink {

    /** The future completes when the event is safe, exceptionally when it may be lost. */
    <E extends Event> CompletableFuture<?> send(Topic<E> topic, E event);
}
