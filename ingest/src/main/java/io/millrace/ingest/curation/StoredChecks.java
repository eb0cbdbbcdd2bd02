package io.millrace.ingest.curation;

import io.millrace.schemas.EventJson;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** What the {@link LastChecks} remember, in a store that lasts across restarts. */
final class StoredChecks implements LastChecks.Memory {

    private static final String STORE = "admissions";

    private final KeyValueStore<String, byte[]> store;

    StoredChecks(ProcessorContext<?, ?> context) {
        store = context.getStateStore(STORE);
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> store() {
        return StoredMemory.store(STORE);
    }

    @Override
    public <T> Optional<T> get(String key, Class<T> type) {
        byte @Nullable [] json = store.get(key);
        return json == null ? Optional.empty() : Optional.of(EventJson.read(json, type));
    }

    @Override
    public void put(String key, Object value) {
        store.put(key, EventJson.write(value));
    }

    @Override
    public Set<String> keys(String prefix) {
        Set<String> keys = new HashSet<>();
        try (KeyValueIterator<String, byte[]> entries =
                store.prefixScan(prefix, new StringSerializer())) {
            entries.forEachRemaining(entry -> keys.add(entry.key));
        }
        return keys;
    }
}
