package io.millrace.ingest.curation;

import io.millrace.schemas.SftExample;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Sends what was proposed on to the last step, by example. Of the headers that its event came with
 * one fact is kept, whether the importer wrote it: whoever writes to Kafka directly may put
 * anything into them, a reviewer's decision too.
 */
final class Proposal extends ContextualProcessor<String, Outcome, String, SftExample> {

    private static final String SOURCE = "ce_source";

    /** Nobody but who may write demonstrations as the importer's user can say this. */
    private static final String IMPORTER = "/millrace/importer";

    @Override
    public void process(Record<String, Outcome> record) {
        if (record.value() instanceof Outcome.Proposed(SftExample example)) {
            context()
                    .forward(
                            new Record<>(
                                    example.example().exampleId().value(),
                                    example,
                                    record.timestamp(),
                                    kept(record.headers())));
        }
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
