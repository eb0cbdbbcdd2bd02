package io.millrace.ingest.gateway;

import io.helidon.http.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.schemas.Topic;

/** Counts events by what their sender was told: {@code millrace.gateway.events}. */
record EventMeter(MeterRegistry registry) {

    EventMeter {
        Endpoint.all()
                .forEach(endpoint -> counter(registry, endpoint.topic(), Status.ACCEPTED_202));
    }

    void count(Topic<?> topic, Status status, int events) {
        counter(registry, topic, status).increment(events);
    }

    private static Counter counter(MeterRegistry registry, Topic<?> topic, Status status) {
        return Counter.builder("millrace.gateway.events")
                .description("Events by topic and HTTP status")
                .tag("topic", topic.name())
                .tag("status", Integer.toString(status.code()))
                .register(registry);
    }
}
