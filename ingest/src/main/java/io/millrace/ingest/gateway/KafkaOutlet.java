package io.millrace.ingest.gateway;

import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Event;
import io.millrace.schemas.Topic;
import java.util.Optional;

/** Events go to Kafka. */
record KafkaOutlet(EventProducer producer) implements Outlet {

    @Override
    public <E extends Event> Optional<Letter> prepare(Topic<E> topic, E event) {
        return producer.prepare(topic, event).map(prepared -> prepared::send);
    }
}
