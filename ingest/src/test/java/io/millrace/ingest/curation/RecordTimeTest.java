package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordTimeTest {

    @Test
    void aRecordThatHasATimeKeepsIt() {
        assertThat(RecordTime.of(at(7), 9)).isEqualTo(7);
    }

    @Test
    void aRecordWithoutATimeHasThatOfItsPartition() {
        assertThat(RecordTime.of(at(-1), 9)).isEqualTo(9);
        assertThat(RecordTime.of(at(-1), -1)).isZero();
    }

    private static ConsumerRecord<Object, Object> at(long timestamp) {
        return new ConsumerRecord<>(
                "t",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                1,
                1,
                "k",
                "v",
                new RecordHeaders(),
                Optional.empty());
    }
}
