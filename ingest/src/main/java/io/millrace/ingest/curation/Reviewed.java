package io.millrace.ingest.curation;

import io.millrace.schemas.ReviewDecision;
import io.millrace.schemas.SftExample;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what was reviewed on to the last step. What the reviewer said travels in headers, as the
 * example itself is no different from any other.
 */
final class Reviewed extends ContextualProcessor<String, Outcome, String, SftExample> {

    private static final String DECISION = "millrace.review.decision";
    private static final String REASON = "millrace.review.reason";

    @Override
    public void process(Record<String, Outcome> record) {
        if (record.value() instanceof Outcome.Reviewed(var held, var review)) {
            Headers headers =
                    new RecordHeaders()
                            .add(DECISION, bytes(review.decision().name()))
                            .add(REASON, bytes(review.reason()));
            context()
                    .forward(
                            new Record<>(
                                    record.key(),
                                    new SftExample(held.example(), held.occurredAt()),
                                    record.timestamp(),
                                    headers));
        }
    }

    /** What a reviewer decided about the example of a record; empty when none has seen it. */
    static Optional<ReviewDecision> decision(Headers headers) {
        return text(headers, DECISION).map(ReviewDecision::valueOf);
    }

    /** Why it had been quarantined. */
    static Optional<QuarantineReason> reason(Headers headers) {
        return text(headers, REASON).flatMap(QuarantineReason::of);
    }

    static Optional<String> text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
