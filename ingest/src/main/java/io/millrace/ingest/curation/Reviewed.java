package io.millrace.ingest.curation;

import io.millrace.schemas.Review;
import io.millrace.schemas.ReviewDecision;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * What a reviewer said of an example that goes on to the last step: it travels in headers, as the
 * example itself is no different from any other.
 */
final class Reviewed {

    private static final String DECISION = "millrace.review.decision";
    private static final String REASON = "millrace.review.reason";

    private Reviewed() {}

    static Headers headers(Review review) {
        return new RecordHeaders()
                .add(DECISION, bytes(review.decision().name()))
                .add(REASON, bytes(review.reason()));
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
