package io.millrace.ingest.curation;

import io.millrace.schemas.SftExample;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Lets {@link Deduplication} settle each proposed example. */
final class DuplicatesProcessor extends ContextualProcessor<String, SftExample, String, Outcome> {

    private final Split split;
    private Deduplication deduplication;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    DuplicatesProcessor(Split split) {
        this.split = split;
    }

    @Override
    public void init(ProcessorContext<String, Outcome> context) {
        super.init(context);
        deduplication = new Deduplication(split, new StoredMemory(context));
    }

    @Override
    public void process(Record<String, SftExample> record) {
        context().forward(record.withValue(deduplication.decide(record.value())));
    }
}
