package io.millrace.ingest.curation;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.OffsetRange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** How far a Kafka Streams application has come in the topics that it reads. */
record Progress(KafkaSettings kafka, String application) {

    /** The next offset of each partition that it has come to. */
    Map<TopicPartition, Long> committed() {
        try (Admin admin = kafka.admin("audit")) {
            return admin
                    .listConsumerGroupOffsets(application)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
        } catch (ExecutionException e) {
            throw new MillraceException(
                    "the broker did not say how far %s is: %s"
                            .formatted(application, e.getCause() == null ? e : e.getCause()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("asking how far curation is was interrupted", e);
        }
    }

    /** The name of one of its internal topics. */
    String internal(String topic) {
        return application + "-" + topic;
    }

    /** What there is of a topic before what it has not come to yet. */
    List<OffsetRange> done(String topic, Map<TopicPartition, Long> committed) {
        return EventLog.whole(kafka, topic).stream()
                .map(whole -> {
                    long reached = Math.max(whole.from(), reached(whole, committed));
                    return new OffsetRange(topic, whole.partition(), whole.from(), reached);
                })
                .toList();
    }

    /** What it has not come to yet. */
    List<OffsetRange> left(String topic, Map<TopicPartition, Long> committed) {
        return EventLog.whole(kafka, topic).stream()
                .map(whole -> {
                    long reached = Math.max(whole.from(), reached(whole, committed));
                    return new OffsetRange(
                            topic, whole.partition(), reached, Math.max(reached, whole.to()));
                })
                .toList();
    }

    private static long reached(OffsetRange whole, Map<TopicPartition, Long> committed) {
        return committed.getOrDefault(new TopicPartition(whole.topic(), whole.partition()), 0L);
    }
}
