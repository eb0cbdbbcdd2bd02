package io.millrace.ingest.gateway;

import io.millrace.schemas.Event;
import io.millrace.schemas.Topic;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where accepted events go; a Kafka producer outside of tests. */
@FunctionalInterface
interface Outlet {

    /** An event that only has to be sent. */
    @FunctionalInterface
    interface Letter {

        /** The future completes when the event is safe, exceptionally when it may be lost. */
        CompletableFuture<?> send();
    }

    /** Encodes an event and writes nothing; empty when it is larger than a record may be. */
    <E extends Event> Optional<Letter> prepare(Topic<E> topic, E event);
}
