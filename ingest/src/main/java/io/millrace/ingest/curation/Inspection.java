package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.contamination.Leak;
import io.millrace.ingest.curation.QualityRules.Assessment;
import io.millrace.ingest.curation.QualityRules.Bad;
import io.millrace.ingest.curation.QualityRules.Good;
import io.millrace.schemas.Example;
import io.millrace.schemas.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What can be held against what somebody said in a case, whatever else was said there: bad quality,
 * then that it gives away what a gate suite asks. A correction that fails here gives way to the
 * person's newest one that does not, so that their order does not matter.
 */
final class Inspection {

    private final QualityRules quality;
    private final Supplier<GateSuites> suites;

    Inspection(QualityRules quality, Supplier<GateSuites> suites) {
        this.quality = quality;
        this.suites = suites;
    }

    Assessment assess(Example example) {
        Assessment assessment = quality.assess(example);
        if (assessment instanceof Good(Example good)) {
            Optional<Bad> leak = leak(good.messages(), good.answer());
            return leak.isPresent() ? leak.get() : assessment;
        }
        return assessment;
    }

    /** The first flaw of a normalised prompt and answer. */
    Optional<Bad> flaw(List<Message> messages, String answer) {
        return quality.flaw(messages, answer).or(() -> leak(messages, answer));
    }

    private Optional<Bad> leak(List<Message> messages, String answer) {
        return suites.get()
                .leak(messages, answer)
                .map(Leak::detail)
                .map(detail -> new Bad(QuarantineReason.CONTAMINATED, detail));
    }
}
