package io.millrace.ingest.curation;

import io.millrace.ingest.curation.Docket.Verdict;
import io.millrace.ingest.curation.Inbox.Illegible;
import io.millrace.ingest.curation.Inbox.Read;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.Review;
import io.millrace.schemas.Topics;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Brings quarantined examples and the reviews of them together, in whatever order they come, and
 * lets each verdict go on once.
 */
final class ReviewsProcessor extends ContextualProcessor<String, byte[], String, Outcome> {

    private static final String STORE = "dockets";

    private final Inbox<QuarantinedExample> quarantine =
            new Inbox<>(Topics.QUARANTINE, example -> example);
    private final Inbox<Review> reviews = new Inbox<>(Topics.REVIEWS, review -> review);
    private final String prefix;
    private KeyValueStore<String, byte[]> dockets;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    ReviewsProcessor(String prefix) {
        this.prefix = prefix;
    }

    static Set<StoreBuilder<?>> stores() {
        return Set.of(StoredMemory.store(STORE));
    }

    @Override
    public void init(ProcessorContext<String, Outcome> context) {
        super.init(context);
        dockets = context.getStateStore(STORE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        Inbox<? extends Event> inbox =
                origin.topic().equals(Topics.REVIEWS.named(prefix)) ? reviews : quarantine;
        switch (inbox.read(record, now)) {
            case Read<? extends Event>(Review review)
                    when QuarantineReason.of(review.reason()).isEmpty() ->
                    park(record, "nothing is quarantined for its reason", origin);
            case Read<? extends Event> read -> file(record, read.event());
            case Illegible<? extends Event> illegible -> park(record, illegible.reason(), origin);
        }
    }

    private void park(Record<String, byte[]> record, String reason, RecordMetadata origin) {
        DeadLetter letter = DeadLetter.of(record.value(), Fate.UNREADABLE, reason, origin);
        context().forward(record.withValue(new Outcome.Parked(letter)));
    }

    private void file(Record<String, byte[]> record, Event event) {
        String key =
                switch (event) {
                    case QuarantinedExample held ->
                            Docket.key(
                                    held.example().exampleId(),
                                    held.example().revision(),
                                    held.reason());
                    case Review review ->
                            Docket.key(review.exampleId(), review.revision(), review.reason());
                    default -> throw new IllegalArgumentException("no docket holds " + event);
                };
        Docket known = docket(key);
        Docket next =
                event instanceof Review review
                        ? known.with(review)
                        : known.with((QuarantinedExample) event);
        next.verdict().ifPresent(verdict -> context().forward(record.withValue(reviewed(verdict))));
        Docket kept = next.verdict().isPresent() ? next.close() : next;
        if (!kept.equals(known)) {
            dockets.put(key, EventJson.write(kept));
        }
    }

    private static Outcome reviewed(Verdict verdict) {
        return new Outcome.Reviewed(verdict.example(), verdict.review());
    }

    private Docket docket(String key) {
        byte @Nullable [] json = dockets.get(key);
        return json == null ? Docket.EMPTY : EventJson.read(json, Docket.class);
    }
}
