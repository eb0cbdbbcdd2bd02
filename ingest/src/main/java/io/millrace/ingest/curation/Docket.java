package io.millrace.ingest.curation;

import io.millrace.schemas.ExampleId;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.Review;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was quarantined and what a reviewer decided about it, whichever came first; once both are
 * known it is closed and stays so.
 *
 * <pre>
 * empty ──quarantined──► held ──review──► closed
 *   └──────review──────► awaited ──quarantined──┘
 * </pre>
 */
record Docket(@Nullable QuarantinedExample held, @Nullable Review review, boolean closed) {

    static final Docket EMPTY = new Docket(null, null, false);

    /** Both, when this was what the docket waited for. */
    record Verdict(QuarantinedExample example, Review review) {}

    /** One docket for each revision of an example and each reason that it was held for. */
    static String key(ExampleId example, int revision, String reason) {
        return example.value() + "\n" + revision + "\n" + reason;
    }

    Docket with(QuarantinedExample example) {
        return closed ? this : new Docket(example, review, false);
    }

    /** The first review counts. */
    Docket with(Review decided) {
        return closed || review != null ? this : new Docket(held, decided, false);
    }

    Optional<Verdict> verdict() {
        return closed || held == null || review == null
                ? Optional.empty()
                : Optional.of(new Verdict(held, review));
    }

    /** What is left when the verdict is on its way: no text. */
    Docket close() {
        return new Docket(null, null, true);
    }
}
