package io.millrace.ingest.curation;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * Bloom filters on the last level of RocksDB too. Kafka Streams leaves them out, for stores whose
 * keys are mostly there; curation mostly asks for what nobody has said before.
 */
public final class FiltersEverywhere implements RocksDBConfigSetter {

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        options.setOptimizeFiltersForHits(false);
    }

    @Override
    public void close(String storeName, Options options) {}
}
