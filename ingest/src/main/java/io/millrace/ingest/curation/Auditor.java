package io.millrace.ingest.curation;

import io.millrace.ingest.curation.CaseProcessor.OpenCase;
import io.millrace.ingest.curation.CurationAudit.Check;
import io.millrace.runtime.DeadLetters;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Preference;
import io.millrace.schemas.PreferenceKind;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Takes a {@link CurationAudit} of a Kafka. */
public final class Auditor {

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final List<Topic<?>> TRAFFIC =
            List.of(
                    Topics.INTERACTIONS,
                    Topics.FEEDBACK,
                    Topics.CORRECTIONS,
                    Topics.DEMONSTRATIONS);

    private final KafkaSettings kafka;
    private final Progress progress;

    public Auditor(KafkaSettings kafka) {
        this.kafka = kafka;
        this.progress = new Progress(kafka, CurationService.applicationId(kafka));
    }

    /**
     * Counts until curation has stood still meanwhile: what moves can't be compared.
     *
     * @param patience how long to try
     * @throws MillraceException when curation did not stand still for long enough, or has not run
     */
    public CurationAudit take(Duration patience) {
        if (progress.committed().isEmpty()) {
            throw new MillraceException(
                    "curation has read nothing on this Kafka yet: 'millrace up' or 'millrace curation' runs it");
        }
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Map<TopicPartition, Long> before = progress.committed();
            CurationAudit audit = count(before);
            boolean still = before.equals(progress.committed());
            if (still && audit.holds()) {
                return audit;
            }
            // What has been committed a moment ago may not show everywhere yet.
            if (System.nanoTime() > deadline) {
                if (still) {
                    return audit;
                }
                throw new MillraceException(
                        "curation did not stand still for the time that an audit takes: audit when less comes in, or be more patient with --patience");
            }
            pause();
        }
    }

    private CurationAudit count(Map<TopicPartition, Long> committed) {
        Map<String, Long> routed = tallies(Tallies.ROUTED);
        Map<String, Long> settled = tallies(Tallies.SETTLED);
        Map<String, Long> read = new TreeMap<>();
        List<Check> checks = new ArrayList<>();
        long unread = 0;
        for (Topic<?> topic : TRAFFIC) {
            long counted = of(routed, Tallies.read(topic));
            read.put(topic.name(), counted);
            List<OffsetRange> done = progress.done(kafka.nameOf(topic), committed);
            checks.add(
                    new Check(
                            "read from " + topic.name(),
                            counted,
                            records(kafka.nameOf(topic), done),
                            removed(done)));
            unread += records(kafka.nameOf(topic), progress.left(kafka.nameOf(topic), committed));
        }
        Map<String, Long> ended = new TreeMap<>();
        for (Fate fate : Fate.values()) {
            long count = of(routed, Tallies.ended(fate)) + of(settled, Tallies.ended(fate));
            if (count > 0) {
                ended.put(fate.label(), count);
            }
        }
        checks.addAll(published(routed, settled));
        checks.addAll(underWay(routed, settled, read, ended, committed));
        return new CurationAudit(read, ended, unread, checks);
    }

    /** What was published, in each topic. */
    private List<Check> published(Map<String, Long> routed, Map<String, Long> settled) {
        long again = of(settled, Tallies.settledAgain(Fate.QUARANTINE));
        return List.of(
                check(
                        Topics.SFT,
                        of(settled, Tallies.ended(Fate.SFT))
                                + of(settled, Tallies.settledAgain(Fate.SFT))),
                check(
                        Topics.HOLDOUT,
                        of(settled, Tallies.ended(Fate.HOLDOUT))
                                + of(settled, Tallies.settledAgain(Fate.HOLDOUT))),
                check(
                        Topics.QUARANTINE,
                        of(routed, Tallies.ended(Fate.QUARANTINE))
                                + of(settled, Tallies.ended(Fate.QUARANTINE))
                                + again),
                check(
                        "unpaired in " + Topics.PREFERENCES.name(),
                        Topics.PREFERENCES,
                        of(routed, Tallies.ended(Fate.PREFERENCE)),
                        record -> kind(record) != PreferenceKind.PAIR),
                check(
                        "pairs in " + Topics.PREFERENCES.name(),
                        Topics.PREFERENCES,
                        of(routed, Tallies.PAIRED),
                        record -> kind(record) == PreferenceKind.PAIR),
                deadLetters(routed));
    }

    private Check deadLetters(Map<String, Long> routed) {
        Set<String> fates = new HashSet<>();
        long counted = 0;
        for (Fate fate : List.of(Fate.UNREADABLE, Fate.OVERSIZED, Fate.ORPHAN)) {
            fates.add(fate.label());
            counted += of(routed, Tallies.ended(fate));
        }
        long[] found = {0};
        boolean removed = false;
        for (Topic<?> topic : TRAFFIC) {
            String letters = topic.deadLetters(kafka.topicPrefix());
            List<OffsetRange> whole = EventLog.whole(kafka, letters);
            removed |= removed(whole);
            EventLog.forEachRecord(
                    kafka,
                    letters,
                    whole,
                    record -> {
                        boolean ours =
                                CurationService.NAME.equals(header(record, DeadLetters.READER));
                        found[0] += ours && fates.contains(header(record, Parking.FATE)) ? 1 : 0;
                    });
        }
        return new Check("dead letters", counted, found[0], removed);
    }

    /** What has not ended yet: by what is missing from the sum, and by what lies there. */
    private List<Check> underWay(
            Map<String, Long> routed,
            Map<String, Long> settled,
            Map<String, Long> read,
            Map<String, Long> ended,
            Map<TopicPartition, Long> committed) {
        String proposed = progress.internal("proposed-repartition");
        long settledExamples =
                Arrays.stream(Fate.values()).mapToLong(f -> of(settled, Tallies.ended(f))).sum();
        long proposedExamples = of(routed, Tallies.PROPOSED) - settledExamples;
        return List.of(
                new Check(
                        "on the way to the duplicate check",
                        proposedExamples,
                        records(
                                proposed,
                                progress.left(proposed, committed),
                                record -> !Proposal.isSettledAgain(record.headers())),
                        false),
                new Check(
                        "waiting for their interaction",
                        sum(read) - sum(ended) - proposedExamples,
                        waiting(),
                        false));
    }

    /** Signals in cases whose interaction has not come. */
    private long waiting() {
        Map<String, Integer> waiting = new HashMap<>();
        String cases = progress.internal(CaseProcessor.STORE + "-changelog");
        EventLog.forEachRecord(
                kafka,
                cases,
                EventLog.whole(kafka, cases),
                record -> {
                    int signals = record.value() == null ? 0 : signals(record.value());
                    if (signals > 0) {
                        waiting.put(record.key(), signals);
                    } else {
                        waiting.remove(record.key());
                    }
                });
        return waiting.values().stream().mapToLong(Integer::longValue).sum();
    }

    private static int signals(byte[] json) {
        CurationCase open = EventJson.read(json, OpenCase.class).content();
        return open.interaction() != null
                ? 0
                : open.voices().values().stream()
                        .mapToInt(v -> v.corrections().size() + (v.feedback() == null ? 0 : 1))
                        .sum();
    }

    private Map<String, Long> tallies(String store) {
        Map<String, Map<Integer, Long>> tallies = new HashMap<>();
        String changelog = progress.internal(store + "-changelog");
        EventLog.forEachRecord(
                kafka,
                changelog,
                EventLog.whole(kafka, changelog),
                record ->
                        tallies.computeIfAbsent(record.key(), key -> new HashMap<>())
                                .put(
                                        record.partition(),
                                        ByteBuffer.wrap(record.value()).getLong()));
        Map<String, Long> sums = new HashMap<>();
        tallies.forEach((key, counts) -> sums.put(key, sum(counts)));
        return sums;
    }

    private Check check(Topic<?> topic, long counted) {
        return check("in " + topic.name(), topic, counted, record -> true);
    }

    private Check check(
            String name,
            Topic<?> topic,
            long counted,
            Predicate<ConsumerRecord<String, byte[]>> which) {
        String full = kafka.nameOf(topic);
        List<OffsetRange> whole = EventLog.whole(kafka, full);
        return new Check(name, counted, records(full, whole, which), removed(whole));
    }

    private long records(String topic, List<OffsetRange> ranges) {
        return records(topic, ranges, record -> true);
    }

    private long records(
            String topic,
            List<OffsetRange> ranges,
            Predicate<ConsumerRecord<String, byte[]>> which) {
        long[] found = {0};
        EventLog.forEachRecord(
                kafka, topic, ranges, record -> found[0] += which.test(record) ? 1 : 0);
        return found[0];
    }

    private static boolean removed(List<OffsetRange> ranges) {
        return ranges.stream().anyMatch(range -> range.from() > 0);
    }

    private static PreferenceKind kind(ConsumerRecord<String, byte[]> record) {
        return EventJson.read(record.value(), Preference.class).kind();
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return Reviewed.text(record.headers(), name).orElse("");
    }

    private static long of(Map<String, Long> tallies, String tally) {
        return tallies.getOrDefault(tally, 0L);
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("the audit was interrupted", e);
        }
    }
}
