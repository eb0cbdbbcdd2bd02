package io.millrace.launcher.bench;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.Service;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * What lies in a stream application's topics and is not yet done, its internal topics included. It
 * is worked off when the application's group has committed the end of every partition: its outputs
 * are committed in the same transactions.
 *
 * @param group the application's id
 * @param inputs the full names of the topics that it reads
 */
record Backlog(KafkaSettings kafka, String group, Set<String> inputs) {

    /**
     * @param wall by the clock on the wall
     * @param processor time of all threads of this process, the broker's too; says more than the
     *     wall clock where other programs are busy
     */
    record Spent(Duration wall, Duration processor) {}

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /** Asking costs four milliseconds of processor time. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration GLANCE = Duration.ofMillis(5);

    /**
     * Starts the application, waits until it has worked everything off, and closes it.
     *
     * @return what it took from the moment it was ready to read until its last commit
     */
    Spent workOff(Supplier<? extends Service> application, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Admin admin = kafka.admin("bench");
                Service service = application.get()) {
            service.start();
            await(service, deadline, GLANCE, Service::ready);
            long began = System.nanoTime();
            long busy = PROCESS.getProcessCpuTime();
            await(service, deadline, PAUSE, s -> isDone(admin));
            return new Spent(
                    Duration.ofNanos(System.nanoTime() - began),
                    Duration.ofNanos(PROCESS.getProcessCpuTime() - busy));
        }
    }

    private void await(Service service, long deadline, Duration pause, Predicate<Service> done) {
        while (!done.test(service)) {
            if (!service.live() || System.nanoTime() > deadline) {
                throw new MillraceException(
                        "%s did not work off its topics: its log says why"
                                .formatted(service.name()));
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MillraceException("the benchmark was interrupted", e);
            }
        }
    }

    private boolean isDone(Admin admin) {
        try {
            // Inputs first: once they are committed, nothing new comes into the internal topics.
            return isDone(admin, inputs)
                    && isDone(
                            admin,
                            admin.listTopics().names().get().stream()
                                    .filter(name -> name.startsWith(group + "-"))
                                    .filter(name -> name.endsWith("-repartition"))
                                    .collect(Collectors.toSet()));
        } catch (ExecutionException e) {
            throw new MillraceException("the broker did not say how far " + group + " is", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("the benchmark was interrupted", e);
        }
    }

    private boolean isDone(Admin admin, Set<String> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(p ->
                                        asked.put(
                                                new TopicPartition(name, p.partition()),
                                                OffsetSpec.latest())));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all()
                        .get();
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        return ends.entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .allMatch(end -> {
                    OffsetAndMetadata reached = committed.get(end.getKey());
                    return reached != null && reached.offset() >= end.getValue().offset();
                });
    }
}
