package io.millrace.ingest.curation;

import static java.util.Objects.requireNonNull;

import io.millrace.ingest.curation.Inbox.Illegible;
import io.millrace.ingest.curation.Inbox.Read;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the cases of its partition: reads an event, lets {@link Routing} decide, stores the case. A
 * case that hears nothing for its time to live is closed; signals that still wait for their
 * interaction are orphans then.
 */
final class CaseProcessor extends ContextualProcessor<String, byte[], String, Outcome> {

    static final String STORE = "cases";

    private static final int MOST_READY = 500;
    private static final int LARGEST_READY_BYTES = 8 * 1024;
    private static final Duration LONGEST_SWEEP_INTERVAL = Duration.ofHours(1);

    /** A case at rest: what it knows, and when it last heard something, by this machine's clock. */
    record OpenCase(long heardAtMillis, CurationCase content) {}

    private final String prefix;
    private final Routing routing;
    private final Duration timeToLive;
    private final Map<String, Inbox<?>> inboxes;

    /** The cases that have heard something last, as they lie in the store, but read already. */
    private final Map<String, CurationCase> lately =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, CurationCase> eldest) {
                    return size() > MOST_READY;
                }
            };

    private KeyValueStore<String, byte[]> cases;
    private Forgotten forgotten;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init before anything else
    CaseProcessor(String prefix, Redaction redaction, Routing routing, Duration timeToLive) {
        this.prefix = prefix;
        this.routing = routing;
        this.timeToLive = timeToLive;
        this.inboxes =
                List.of(
                                new Inbox<>(Topics.INTERACTIONS, redaction::of),
                                new Inbox<>(Topics.FEEDBACK, redaction::of),
                                new Inbox<>(Topics.CORRECTIONS, redaction::of))
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        inbox -> inbox.topic().named(prefix), inbox -> inbox));
    }

    @Override
    public void init(ProcessorContext<String, Outcome> context) {
        super.init(context);
        cases = context.getStateStore(STORE);
        lately.clear();
        forgotten = Forgotten.in(context);
        Duration tenth = timeToLive.dividedBy(10);
        Duration interval =
                tenth.compareTo(LONGEST_SWEEP_INTERVAL) < 0 ? tenth : LONGEST_SWEEP_INTERVAL;
        context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, this::closeSilentCases);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        RecordMetadata origin = context().recordMetadata().orElseThrow();
        Instant now = Instant.ofEpochMilli(context().currentSystemTimeMs());
        switch (requireNonNull(inboxes.get(origin.topic())).read(record, now)) {
            case Read<?> read -> hear(record, read.event(), origin);
            case Illegible<?> illegible ->
                    park(
                            record,
                            DeadLetter.of(
                                    record.value(), Fate.UNREADABLE, illegible.reason(), origin));
        }
    }

    private void hear(Record<String, byte[]> record, Event event, RecordMetadata origin) {
        if (forgotten.said(event)) {
            context().forward(record.withValue(new Outcome.Dropped(Fate.ERASED)));
            return;
        }
        CurationCase known = known(record.key());
        Decision decision = routing.decide(known, event);
        byte[] next =
                EventJson.write(new OpenCase(context().currentSystemTimeMs(), decision.next()));
        if (next.length > EventProducer.MAX_EVENT_BYTES) {
            String reason =
                    "with it, what is known of its interaction would be larger than a record may"
                            + " be";
            park(record, DeadLetter.of(record.value(), Fate.OVERSIZED, reason, origin));
            return;
        }
        cases.put(record.key(), next);
        keepReady(record.key(), decision.next(), next.length);
        decision.outcomes().stream()
                .flatMap(outcome -> forgotten.strike(outcome).stream())
                .forEach(outcome -> context().forward(record.withValue(outcome)));
    }

    /** Unless it is so large that a few hundred like it would fill the heap. */
    private void keepReady(String key, CurationCase content, int bytes) {
        if (bytes <= LARGEST_READY_BYTES) {
            lately.put(key, content);
        } else {
            lately.remove(key);
        }
    }

    private CurationCase known(String key) {
        @Nullable CurationCase heard = lately.get(key);
        if (heard != null) {
            return heard;
        }
        byte @Nullable [] stored = cases.get(key);
        return stored == null
                ? CurationCase.EMPTY
                : EventJson.read(stored, OpenCase.class).content();
    }

    private void park(Record<String, ?> record, DeadLetter letter) {
        context().forward(record.withValue(new Outcome.Parked(letter)));
    }

    private void closeSilentCases(long nowMillis) {
        try (KeyValueIterator<String, byte[]> all = cases.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> entry = all.next();
                OpenCase open = EventJson.read(entry.value, OpenCase.class);
                if (open.heardAtMillis() + timeToLive.toMillis() <= nowMillis) {
                    cases.delete(entry.key);
                    lately.remove(entry.key);
                    parkOrphans(entry.key, open.content(), nowMillis);
                }
            }
        }
    }

    private void parkOrphans(String key, CurationCase silent, long nowMillis) {
        if (silent.interaction() != null) {
            return;
        }
        for (Voice voice : silent.voices().values()) {
            for (Correction correction : voice.corrections()) {
                parkOrphan(key, Topics.CORRECTIONS, correction, nowMillis);
            }
            Feedback feedback = voice.feedback();
            if (feedback != null) {
                parkOrphan(key, Topics.FEEDBACK, feedback, nowMillis);
            }
        }
    }

    private <E extends Event> void parkOrphan(String key, Topic<E> topic, E event, long nowMillis) {
        String reason = "its interaction did not come within " + timeToLive;
        park(new Record<>(key, event, nowMillis), DeadLetter.orphan(topic, event, prefix, reason));
    }
}
