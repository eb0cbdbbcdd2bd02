package io.millrace.ingest.curation;

import io.millrace.schemas.Topic;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Counts that move in the same transaction as what they count, so that nothing is missed or counted
 * twice, whatever crashes. Their changelog is what {@link CurationAudit} reads.
 */
final class Tallies {

    /** The stores: one where events are read and routed, one where examples are settled. */
    static final String ROUTED = "tallies-routed";

    static final String SETTLED = "tallies-settled";

    /** Examples that went on to the duplicate check. */
    static final String PROPOSED = "proposed";

    /** Preference pairs, which come beside their correction's example. */
    static final String PAIRED = "paired";

    private final KeyValueStore<String, Long> store;

    /** What the store holds of the tallies that have been added to here, and nowhere else. */
    private final Map<String, Long> counts = new HashMap<>();

    Tallies(ProcessorContext<?, ?> context, String name) {
        store = context.getStateStore(name);
    }

    static StoreBuilder<KeyValueStore<String, Long>> store(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.Long())
                .withCachingEnabled();
    }

    /** Events read from a topic. */
    static String read(Topic<?> topic) {
        return "read/" + topic.name();
    }

    /** Events that ended like this. */
    static String ended(Fate fate) {
        return "ended/" + fate.label();
    }

    /** Examples that were released or reconsidered and what became of them; no new events. */
    static String settledAgain(Fate fate) {
        return "released/" + fate.label();
    }

    void add(String tally) {
        store.put(tally, counts.compute(tally, (t, n) -> 1 + (n == null ? stored(t) : n)));
    }

    private long stored(String tally) {
        @Nullable Long count = store.get(tally);
        return count == null ? 0 : count;
    }
}
