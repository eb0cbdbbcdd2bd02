package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.EventJson;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.TriggerKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EventLogTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @Test
    void aRangeWhoseStartRetentionRemovedIsRefused() {
        assertThatThrownBy(() -> requireWithin(new OffsetRange("t", 0, 5, 9), 7, 20))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("retention has removed offsets 5 to 7 of t-0");
    }

    @Test
    void aRangeThatIsNotWrittenYetIsRefused() {
        assertThatThrownBy(() -> requireWithin(new OffsetRange("t", 0, 5, 21), 0, 20))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("t-0 ends at offset 20, before 21");
    }

    @Test
    void anEmptyRangeBeforeTheBeginningHoldsNothingThatCouldBeMissing() {
        requireWithin(new OffsetRange("t", 0, 5, 5), 7, 20);
    }

    @Test
    void whatCannotBeReadAndTombstonesAreLeftOut() {
        TrainingRequest request =
                new TrainingRequest(
                        new TriggerId("a"), TriggerKind.MANUAL, "asked for", 1, Instant.EPOCH);

        List<Logged<TrainingRequest>> events =
                EventLog.decode(
                        Topics.REQUESTS,
                        List.of(
                                record(0, "{".getBytes(StandardCharsets.UTF_8)),
                                record(1, EventJson.write(request)),
                                record(2, null)));

        assertThat(events).containsExactly(new Logged<>("t", 0, 1, request));
    }

    private static void requireWithin(OffsetRange range, long beginning, long end) {
        EventLog.requireWithin(
                List.of(range), Map.of(PARTITION, beginning), Map.of(PARTITION, end));
    }

    private static ConsumerRecord<String, byte[]> record(long offset, byte @Nullable [] value) {
        return new ConsumerRecord<>("t", 0, offset, "key", value);
    }
}
