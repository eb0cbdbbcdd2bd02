package io.millrace.ingest.curation;

import io.millrace.schemas.PreferenceKind;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Counts outcomes, for the metrics of this process and for good. */
final class Counting extends ContextualProcessor<String, Outcome, Void, Void> {

    private final String store;
    private final OutcomeMeters meters;
    private Tallies tallies;

    /**
     * @param store of its {@link Tallies}
     */
    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    Counting(String store, OutcomeMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        super.init(context);
        tallies = new Tallies(context, store);
    }

    @Override
    public void process(Record<String, Outcome> record) {
        Outcome outcome = record.value();
        if (isSettledAgain(record)) {
            outcome.fate().map(Tallies::settledAgain).ifPresent(tallies::add);
            return;
        }
        meters.count(outcome);
        outcome.fate().map(Tallies::ended).ifPresent(tallies::add);
        if (outcome instanceof Outcome.Proposed) {
            tallies.add(Tallies.PROPOSED);
        } else if (outcome instanceof Outcome.Preferred(var preference)
                && preference.kind() == PreferenceKind.PAIR) {
            tallies.add(Tallies.PAIRED);
        }
    }

    /** Before an example is settled, its headers are whoever's who sent it. */
    private boolean isSettledAgain(Record<String, Outcome> record) {
        return store.equals(Tallies.SETTLED) && Proposal.isSettledAgain(record.headers());
    }
}
