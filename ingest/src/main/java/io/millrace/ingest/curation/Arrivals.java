package io.millrace.ingest.curation;

import io.millrace.schemas.Topic;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Counts what is read of a topic and lets it go on. */
final class Arrivals extends ContextualProcessor<String, byte[], String, byte[]> {

    private final String tally;
    private Tallies tallies;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Arrivals(Topic<?> topic) {
        this.tally = Tallies.read(topic);
    }

    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        super.init(context);
        tallies = new Tallies(context, Tallies.ROUTED);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        tallies.add(tally);
        context().forward(record);
    }
}
