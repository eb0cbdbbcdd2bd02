package io.millrace.ingest.curation;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The time of a record, or that of its partition so far where it has none: a broker takes a record
 * without one (-1), and Kafka Streams would stop at it.
 */
final class RecordTime {

    private RecordTime() {}

    /** In milliseconds since 1970; never negative. */
    static long of(ConsumerRecord<Object, Object> record, long partitionTime) {
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(partitionTime, 0);
    }
}
