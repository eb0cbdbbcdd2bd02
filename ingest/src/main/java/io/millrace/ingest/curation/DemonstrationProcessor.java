package io.millrace.ingest.curation;

import io.millrace.ingest.curation.Inbox.Illegible;
import io.millrace.ingest.curation.Inbox.Read;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.Topics;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Turns each demonstration into an example. */
final class DemonstrationProcessor extends ContextualProcessor<String, byte[], String, Outcome> {

    private final Inbox<Demonstration> inbox;
    private final Routing routing;
    private Forgotten forgotten;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    DemonstrationProcessor(Redaction redaction, Routing routing) {
        this.inbox = new Inbox<>(Topics.DEMONSTRATIONS, redaction::of);
        this.routing = routing;
    }

    @Override
    public void init(ProcessorContext<String, Outcome> context) {
        super.init(context);
        forgotten = Forgotten.in(context);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        Outcome outcome =
                switch (inbox.read(record, now)) {
                    case Read<Demonstration>(Demonstration event) ->
                            forgotten.said(event)
                                    ? new Outcome.Dropped(Fate.ERASED)
                                    : routing.decide(event);
                    case Illegible<Demonstration>(String reason) ->
                            new Outcome.Parked(
                                    DeadLetter.of(
                                            record.value(),
                                            Fate.UNREADABLE,
                                            reason,
                                            context().recordMetadata().orElseThrow()));
                };
        context().forward(record.withValue(outcome));
    }
}
