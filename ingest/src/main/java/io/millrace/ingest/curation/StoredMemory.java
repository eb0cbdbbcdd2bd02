package io.millrace.ingest.curation;

import io.millrace.ingest.curation.NearDuplicates.Member;
import io.millrace.ingest.curation.NearDuplicates.Prompt;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.ExampleId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * What curation remembers of earlier examples, in Kafka Streams' stores: it lasts across windows
 * and restarts.
 */
final class StoredMemory implements Deduplication.Memory {

    private static final String BUCKETS = "prompt-buckets";
    private static final String PROMPTS = "prompts";
    private static final String PUBLISHED = "published";
    private static final String HOLDERS = "answers";
    private static final char SIGN = ':';
    private static final Pattern SPACE = Pattern.compile(" ");

    private final KeyValueStore<Long, String> buckets;
    private final KeyValueStore<String, byte[]> prompts;
    private final KeyValueStore<String, byte[]> published;
    private final KeyValueStore<String, String> holders;

    StoredMemory(ProcessorContext<?, ?> context) {
        buckets = context.getStateStore(BUCKETS);
        prompts = context.getStateStore(PROMPTS);
        published = context.getStateStore(PUBLISHED);
        holders = context.getStateStore(HOLDERS);
    }

    static Set<StoreBuilder<?>> stores() {
        return Set.of(
                store(BUCKETS, Serdes.Long(), Serdes.String()),
                store(PROMPTS, Serdes.String(), Serdes.ByteArray()),
                store(PUBLISHED, Serdes.String(), Serdes.ByteArray()),
                store(HOLDERS, Serdes.String(), Serdes.String()));
    }

    /** Without a cache: what is kept of an example is written once and rarely read again. */
    private static <K, V> StoreBuilder<KeyValueStore<K, V>> store(
            String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values);
    }

    /** A store whose records change again soon after they were written. */
    static StoreBuilder<KeyValueStore<String, byte[]>> store(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    @Override
    public List<Member> bucket(long key) {
        @Nullable String members = buckets.get(key);
        return members == null
                ? List.of()
                : SPACE.splitAsStream(members).map(StoredMemory::member).toList();
    }

    @Override
    public void putBuckets(Map<Long, List<Member>> fuller) {
        buckets.putAll(
                fuller.entrySet().stream()
                        .map(bucket -> KeyValue.pair(bucket.getKey(), members(bucket.getValue())))
                        .toList());
    }

    private static String members(List<Member> members) {
        return members.stream()
                .map(m -> m.prompt() + SIGN + Long.toHexString(m.bits()))
                .collect(Collectors.joining(" "));
    }

    private static Member member(String written) {
        int sign = written.indexOf(SIGN);
        return new Member(
                written.substring(0, sign),
                Long.parseUnsignedLong(written, sign + 1, written.length(), 16));
    }

    @Override
    public Optional<Prompt> prompt(String id) {
        return get(prompts, id, Prompt.class);
    }

    @Override
    public void putPrompt(Prompt prompt) {
        prompts.put(prompt.id(), EventJson.write(prompt));
    }

    @Override
    public Optional<Deduplication.Published> published(ExampleId example) {
        return get(published, example.value(), Deduplication.Published.class);
    }

    @Override
    public void putPublished(ExampleId example, Deduplication.Published record) {
        published.put(example.value(), EventJson.write(record));
    }

    @Override
    public Optional<ExampleId> holder(String answered) {
        return Optional.ofNullable(holders.get(answered)).map(ExampleId::new);
    }

    @Override
    public void putHolder(String answered, ExampleId example) {
        holders.put(answered, example.value());
    }

    @Override
    public void removeHolder(String answered) {
        holders.delete(answered);
    }

    private static <T> Optional<T> get(
            KeyValueStore<String, byte[]> store, String key, Class<T> type) {
        byte @Nullable [] json = store.get(key);
        return json == null ? Optional.empty() : Optional.of(EventJson.read(json, type));
    }
}
