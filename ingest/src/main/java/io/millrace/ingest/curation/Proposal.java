package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.ingest.contamination.Leak;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.SftExample;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what was proposed or reviewed on to the last step, by example, with what was found or said
 * about it. Of the headers that its event came with one fact is kept, whether the importer wrote
 * it: whoever writes to Kafka directly may put anything into them, a reviewer's decision too.
 */
final class Proposal extends ContextualProcessor<String, Outcome, String, SftExample> {

    private static final String SOURCE = "ce_source";
    private static final String RECONSIDERED = "millrace.reconsidered";

    /** Nobody but who may write demonstrations as the importer's user can say this. */
    private static final String IMPORTER = "/millrace/importer";

    private final Supplier<GateSuites> suites;

    Proposal(Supplier<GateSuites> suites) {
        this.suites = suites;
    }

    @Override
    public void process(Record<String, Outcome> record) {
        switch (record.value()) {
            case Outcome.Proposed(SftExample example) ->
                    forward(record, example, with(example, kept(record.headers())));
            case Outcome.Reconsidered(SftExample example) ->
                    forward(
                            record,
                            example,
                            with(example, kept(record.headers()).add(RECONSIDERED, new byte[0])));
            case Outcome.Reviewed(var held, var review) ->
                    forward(
                            record,
                            new SftExample(held.example(), held.occurredAt()),
                            Reviewed.headers(review));
            default -> {}
        }
    }

    private void forward(Record<String, Outcome> record, SftExample example, Headers headers) {
        String key = example.example().exampleId().value();
        context().forward(new Record<>(key, example, record.timestamp(), headers));
    }

    private Headers with(SftExample proposed, Headers headers) {
        Example example = proposed.example();
        Findings.of(example, leak(example)).addTo(headers);
        return headers;
    }

    /** Whether its event was settled before: what becomes of it settles no new one. */
    static boolean isSettledAgain(Headers headers) {
        return headers.lastHeader(RECONSIDERED) != null || Reviewed.decision(headers).isPresent();
    }

    /** A correction's was looked for in its case. */
    private Optional<Leak> leak(Example example) {
        return example.source() == ExampleSource.CORRECTION
                ? Optional.empty()
                : suites.get().leak(example);
    }

    /** Whether the importer wrote what became this example. */
    static boolean isImported(Headers headers) {
        return Reviewed.text(headers, SOURCE).filter(IMPORTER::equals).isPresent();
    }

    private static Headers kept(Headers headers) {
        Headers kept = new RecordHeaders();
        if (isImported(headers)) {
            kept.add(headers.lastHeader(SOURCE));
        }
        return kept;
    }
}
