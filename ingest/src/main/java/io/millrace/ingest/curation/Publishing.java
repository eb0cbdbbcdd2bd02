package io.millrace.ingest.curation;

import io.millrace.schemas.CloudEvents;
import io.millrace.schemas.Event;
import io.millrace.schemas.Topic;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Makes the records of one topic.
 *
 * @param <E> what the topic carries; outcomes that hold none are passed over
 */
final class Publishing<E extends Event>
        extends ContextualProcessor<String, Outcome, String, byte[]> {

    private static final String SOURCE = "/millrace/" + CurationService.NAME;

    private final String prefix;
    private final Topic<E> topic;
    private final Function<Outcome, Optional<E>> published;

    Publishing(String prefix, Topic<E> topic, Function<Outcome, Optional<E>> published) {
        this.prefix = prefix;
        this.topic = topic;
        this.published = published;
    }

    @Override
    public void process(Record<String, Outcome> record) {
        published.apply(record.value()).ifPresent(event -> context().forward(record(event)));
    }

    private Record<String, byte[]> record(E event) {
        ProducerRecord<String, byte[]> record = CloudEvents.record(prefix, topic, event, SOURCE);
        return new Record<>(record.key(), record.value(), record.timestamp(), record.headers());
    }
}
