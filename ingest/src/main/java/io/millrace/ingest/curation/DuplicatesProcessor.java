package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.curation.QualityRules.Bad;
import io.millrace.ingest.curation.QualityRules.Good;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.ReviewDecision;
import io.millrace.schemas.SftExample;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Lets {@link Deduplication} settle each proposed example, and each that a reviewer has let go on;
 * what a reviewer has dropped is barred.
 */
final class DuplicatesProcessor extends ContextualProcessor<String, SftExample, String, Outcome> {

    private final CurationRules rules;
    private final Supplier<GateSuites> suites;
    private Deduplication deduplication;
    private Barred barred;
    private Forgotten forgotten;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    DuplicatesProcessor(CurationRules rules, Supplier<GateSuites> suites) {
        this.rules = rules;
        this.suites = suites;
    }

    static Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> stores = new HashSet<>(StoredMemory.stores());
        stores.add(StoredChecks.store());
        return stores;
    }

    @Override
    public void init(ProcessorContext<String, Outcome> context) {
        super.init(context);
        StoredChecks checks = new StoredChecks(context);
        deduplication =
                new Deduplication(
                        rules.split(),
                        new StoredMemory(context),
                        new LastChecks(rules.poisoning(), checks));
        barred = new Barred(checks);
        forgotten = Forgotten.in(context);
    }

    @Override
    public void process(Record<String, SftExample> record) {
        Optional<ReviewDecision> decision = Reviewed.decision(record.headers());
        SftExample example = record.value();
        if (decision.isEmpty()) {
            context().forward(record.withValue(settle(record, example)));
        } else if (decision.get() == ReviewDecision.DROP) {
            barred.add(example.example());
        } else {
            context().forward(record.withValue(release(record, example)));
        }
    }

    private Outcome settle(Record<String, SftExample> record, SftExample proposed) {
        Example example = proposed.example();
        if (forgotten.contains(example.principal())) {
            return new Outcome.Dropped(Fate.ERASED);
        }
        Findings found = Findings.in(record.headers()).orElseGet(() -> found(example));
        return barred.contains(found)
                ? new Outcome.Dropped(Fate.BARRED)
                : deduplication.decide(proposed, found, new Standing(isTrusted(record), null));
    }

    private Outcome release(Record<String, SftExample> record, SftExample held) {
        if (forgotten.contains(held.example().principal())) {
            return new Outcome.Dropped(Fate.ERASED);
        }
        QuarantineReason reason = Reviewed.reason(record.headers()).orElse(null);
        return switch (rules.quality().assessReleased(held.example())) {
            case Good(Example good) ->
                    deduplication.decide(
                            new SftExample(good, held.occurredAt()),
                            found(good),
                            new Standing(isTrusted(record), reason));
            case Bad(QuarantineReason flaw, String detail) ->
                    new Outcome.Quarantined(
                            new QuarantinedExample(
                                    held.example(), flaw.code(), detail, held.occurredAt()));
        };
    }

    private Findings found(Example example) {
        return Findings.of(example, suites.get().leak(example));
    }

    private boolean isTrusted(Record<String, SftExample> record) {
        Example example = record.value().example();
        return rules.poisoning().trusted().contains(example.principal())
                || (example.source() == ExampleSource.DEMONSTRATION
                        && Proposal.isImported(record.headers()));
    }
}
