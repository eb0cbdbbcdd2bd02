package io.millrace.ingest.curation;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * Bloom filters on the last level of RocksDB and on what is still in memory. Kafka Streams leaves
 * them out, for stores whose keys are mostly there; curation mostly asks for what nobody has said
 * before.
 */
public final class FiltersEverywhere implements RocksDBConfigSetter {

    /** Of the memory that new entries may take. */
    private static final double SHARE_OF_FILTERS = 0.02;

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        options.setOptimizeFiltersForHits(false);
        options.setMemtableWholeKeyFiltering(true);
        options.setMemtablePrefixBloomSizeRatio(SHARE_OF_FILTERS);
    }

    @Override
    public void close(String storeName, Options options) {}
}
