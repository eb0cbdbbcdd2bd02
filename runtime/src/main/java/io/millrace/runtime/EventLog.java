package io.millrace.runtime;

import static java.util.Comparator.comparingInt;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.millrace.schemas.Event;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Topic;
import io.millrace.schemas.UnreadableEventException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics as finite lists. Ends are last stable offsets: nothing of an open or aborted transaction
 * is ever seen. Within a partition events come in order of offset, partitions one after the other.
 * A record that cannot be read is left out with a warning; tombstones are left out.
 */
public final class EventLog {

    private static final Logger log = LoggerFactory.getLogger(EventLog.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private EventLog() {}

    /** Everything in a topic, from what retention has kept to the last stable offset. */
    public static <E extends Event> List<Logged<E>> read(KafkaSettings settings, Topic<E> topic) {
        return withConsumer(
                settings,
                topic,
                consumer ->
                        decode(topic, records(consumer, whole(consumer, settings.nameOf(topic)))));
    }

    /**
     * The events of exactly these ranges of a topic, in their order.
     *
     * @throws MillraceException when retention has removed a part of them or they are not all
     *     written yet
     */
    public static <E extends Event> List<Logged<E>> readRanges(
            KafkaSettings settings, Topic<E> topic, List<OffsetRange> ranges) {
        return withConsumer(
                settings,
                topic,
                consumer -> {
                    Set<TopicPartition> partitions =
                            ranges.stream().map(EventLog::partition).collect(toSet());
                    consumer.assign(partitions);
                    requireWithin(
                            ranges,
                            consumer.beginningOffsets(partitions),
                            consumer.endOffsets(partitions));
                    return decode(topic, records(consumer, ranges));
                });
    }

    /**
     * The key of every record in a topic, from what retention has kept to the last stable offset,
     * until the action says false; records go by one after the other, however many there are.
     */
    public static void forEachKey(
            KafkaSettings settings, Topic<?> topic, Predicate<String> action) {
        withConsumer(
                settings,
                topic,
                consumer -> {
                    forEach(
                            consumer,
                            whole(consumer, settings.nameOf(topic)),
                            record -> record.key() == null || action.test(record.key()));
                    return true;
                });
    }

    /** What is there of a topic by its full name: each partition to its last stable offset. */
    public static List<OffsetRange> whole(KafkaSettings settings, String topic) {
        return withConsumer(settings, topic, consumer -> whole(consumer, topic));
    }

    /** The records of these ranges of a topic by its full name, one after the other. */
    public static void forEachRecord(
            KafkaSettings settings,
            String topic,
            List<OffsetRange> ranges,
            java.util.function.Consumer<ConsumerRecord<String, byte[]>> action) {
        withConsumer(
                settings,
                topic,
                consumer -> {
                    forEach(
                            consumer,
                            ranges,
                            record -> {
                                action.accept(record);
                                return true;
                            });
                    return true;
                });
    }

    /** The last stable offset of each partition. */
    public static Map<Integer, Long> endOffsets(KafkaSettings settings, Topic<?> topic) {
        return withConsumer(
                settings,
                topic,
                consumer -> {
                    Map<Integer, Long> ends = new TreeMap<>();
                    consumer.endOffsets(assignAll(consumer, settings.nameOf(topic)))
                            .forEach((partition, end) -> ends.put(partition.partition(), end));
                    return ends;
                });
    }

    /** Assigns a consumer every partition of a topic, and returns them in order. */
    static List<TopicPartition> assignAll(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .sorted(comparingInt(TopicPartition::partition))
                        .toList();
        if (partitions.isEmpty()) {
            throw new MillraceException(
                    "topic %s does not exist: 'millrace topics --create' makes it"
                            .formatted(topic));
        }
        consumer.assign(partitions);
        return partitions;
    }

    /** A topic's every partition, from what is kept to the last stable offset. */
    static List<OffsetRange> whole(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = assignAll(consumer, topic);
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        return partitions.stream()
                .map(p ->
                        new OffsetRange(
                                topic, p.partition(), offset(beginnings, p), offset(ends, p)))
                .toList();
    }

    static void requireWithin(
            List<OffsetRange> ranges,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends) {
        for (OffsetRange range : ranges) {
            TopicPartition partition = partition(range);
            long beginning = offset(beginnings, partition);
            long end = offset(ends, partition);
            if (range.span() > 0 && beginning > range.from()) {
                throw new MillraceException(
                        "retention has removed offsets %d to %d of %s: what they held cannot be read again"
                                .formatted(
                                        range.from(), Math.min(beginning, range.to()), partition));
            }
            if (end < range.to()) {
                throw new MillraceException(
                        "%s ends at offset %d, before %d: is this the Kafka that the range was cut from?"
                                .formatted(partition, end, range.to()));
            }
        }
    }

    /** Fetches one range after the other; positions move past transaction markers by themselves. */
    static List<ConsumerRecord<String, byte[]>> records(
            Consumer<String, byte[]> consumer, List<OffsetRange> ranges) {
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        forEach(consumer, ranges, found::add);
        return found;
    }

    /** Hands over one record after the other until it hears false. */
    private static void forEach(
            Consumer<String, byte[]> consumer,
            List<OffsetRange> ranges,
            Predicate<ConsumerRecord<String, byte[]>> action) {
        for (OffsetRange range : ranges) {
            TopicPartition partition = partition(range);
            consumer.assign(List.of(partition));
            consumer.seek(partition, range.from());
            while (consumer.position(partition) < range.to()) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.offset() < range.to() && !action.test(record)) {
                        return;
                    }
                }
            }
        }
    }

    private static TopicPartition partition(OffsetRange range) {
        return new TopicPartition(range.topic(), range.partition());
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return requireNonNull(offsets.get(partition), partition::toString);
    }

    static <E extends Event> List<Logged<E>> decode(
            Topic<E> topic, List<ConsumerRecord<String, byte[]>> records) {
        List<Logged<E>> events = new ArrayList<>(records.size());
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.value() == null) {
                continue;
            }
            try {
                events.add(Logged.of(topic, record));
            } catch (UnreadableEventException e) {
                log.atWarn()
                        .setMessage("left out a record that cannot be read")
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .log();
            }
        }
        return events;
    }

    private static <T> T withConsumer(
            KafkaSettings settings, Topic<?> topic, Function<Consumer<String, byte[]>, T> read) {
        return withConsumer(settings, settings.nameOf(topic), read);
    }

    private static <T> T withConsumer(
            KafkaSettings settings, String topic, Function<Consumer<String, byte[]>, T> read) {
        try (Consumer<String, byte[]> consumer = settings.reader("event-log-" + topic)) {
            return read.apply(consumer);
        } catch (KafkaException e) {
            throw settings.failure("reading " + topic, e);
        }
    }
}
