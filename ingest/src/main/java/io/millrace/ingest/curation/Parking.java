package io.millrace.ingest.curation;

import io.millrace.runtime.DeadLetters;
import io.millrace.runtime.Fitting;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.RecordContext;
import org.apache.kafka.streams.processor.TopicNameExtractor;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Makes the records of the dead-letter topics; headers say where each came from and why it is
 * there.
 */
final class Parking extends ContextualProcessor<String, Outcome, String, byte[]> {

    static final String FATE = "millrace.fate";

    @Override
    public void process(Record<String, Outcome> record) {
        if (record.value() instanceof Outcome.Parked(DeadLetter letter)) {
            Headers headers = Fitting.headers(record.headers());
            add(headers, DeadLetters.READER, CurationService.NAME);
            add(headers, DeadLetters.MESSAGE, letter.reason());
            add(headers, FATE, letter.fate().label());
            add(headers, DeadLetters.TOPIC, letter.topic());
            RecordMetadata origin = letter.origin();
            if (origin != null) {
                add(headers, DeadLetters.PARTITION, Integer.toString(origin.partition()));
                add(headers, DeadLetters.OFFSET, Long.toString(origin.offset()));
            }
            long now = context().currentSystemTimeMs();
            byte @Nullable [] value = letter.value() == null ? null : letter.value().get();
            context().forward(new Record<>(Fitting.key(record.key()), value, now, headers));
        }
    }

    /** Finds the dead-letter topic of a record made here. */
    record Destination() implements TopicNameExtractor<String, byte[]> {
        @Override
        public String extract(String key, byte[] value, RecordContext context) {
            Header source = context.headers().lastHeader(DeadLetters.TOPIC);
            return new String(source.value(), StandardCharsets.UTF_8) + ".dlq";
        }
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
