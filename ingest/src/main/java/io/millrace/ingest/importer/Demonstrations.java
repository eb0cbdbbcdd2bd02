package io.millrace.ingest.importer;

import io.millrace.ingest.curation.Normalisation;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Sha256;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Makes demonstrations of examples: redacted, and named by what they say, so that the same prompt
 * and answer have the same id in whatever file and format they come.
 */
record Demonstrations(PrincipalId principal, String source, Redaction redaction, Clock clock) {

    static final String ID_PREFIX = "import-";

    static final String TOO_LARGE =
            "makes an event of more than %,d bytes, which no record may have: shorten it"
                    .formatted(EventProducer.MAX_EVENT_BYTES);

    private static final int HEX_DIGITS = 32;

    /** A character of text takes at most six bytes of JSON: an escaped control character. */
    private static final int MAX_BYTES_PER_CHAR = 6;

    /** Ids, names and times besides the text. */
    private static final int ENVELOPE_BYTES = 10_000;

    Demonstration of(LabelledExample example) {
        Demonstration draft =
                redaction.of(
                        new Demonstration(
                                new DemonstrationId(ID_PREFIX + "draft"),
                                principal,
                                example.messages(),
                                example.answer(),
                                List.of(example.tag()),
                                source,
                                clock.instant()));
        return new Demonstration(
                id(draft),
                draft.principal(),
                draft.messages(),
                draft.answer(),
                draft.tags(),
                draft.source(),
                draft.occurredAt());
    }

    /** The same, or empty when the event would be larger than a record may be. */
    Optional<Demonstration> fitting(LabelledExample example) {
        long chars =
                example.answer().length()
                        + example.messages().stream().mapToLong(m -> m.content().length()).sum();
        if (chars > EventProducer.MAX_EVENT_BYTES) {
            return Optional.empty();
        }
        Demonstration demonstration = of(example);
        boolean surelyFits =
                chars * MAX_BYTES_PER_CHAR + ENVELOPE_BYTES < EventProducer.MAX_EVENT_BYTES;
        return surelyFits || EventJson.write(demonstration).length <= EventProducer.MAX_EVENT_BYTES
                ? Optional.of(demonstration)
                : Optional.empty();
    }

    /** Of redacted text: a digest of personal data could be guessed back. */
    private static DemonstrationId id(Demonstration redacted) {
        byte[] content =
                EventJson.write(
                        List.of(
                                Normalisation.of(redacted.messages()),
                                Normalisation.of(redacted.answer())));
        return new DemonstrationId(ID_PREFIX + Sha256.of(content).hex().substring(0, HEX_DIGITS));
    }
}
