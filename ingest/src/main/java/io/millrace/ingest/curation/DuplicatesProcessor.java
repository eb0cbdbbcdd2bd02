package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.SftExample;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** Lets {@link Deduplication} settle each proposed example. */
final class DuplicatesProcessor extends ContextualProcessor<String, SftExample, String, Outcome> {

    private static final String SOURCE = "ce_source";

    /**
     * Only the importer's user and the gateway's may write demonstrations, and only this is its.
     */
    private static final String IMPORTER = "/millrace/importer";

    private final CurationRules rules;
    private final Supplier<GateSuites> suites;
    private Deduplication deduplication;

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
        deduplication =
                new Deduplication(
                        rules.split(),
                        new StoredMemory(context),
                        new LastChecks(rules.poisoning(), suites, new StoredChecks(context)));
    }

    @Override
    public void process(Record<String, SftExample> record) {
        Standing standing = new Standing(isTrusted(record), null);
        context().forward(record.withValue(deduplication.decide(record.value(), standing)));
    }

    private boolean isTrusted(Record<String, SftExample> record) {
        Example example = record.value().example();
        return rules.poisoning().trusted().contains(example.principal())
                || (example.source() == ExampleSource.DEMONSTRATION
                        && IMPORTER.equals(text(record.headers(), SOURCE)));
    }

    private static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
