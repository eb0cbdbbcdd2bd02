package io.millrace.runtime;

import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the broker agree with the catalogue: each topic and its dead letters, at the broker's own
 * replication factor.
 */
public final class TopicAdmin {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private TopicAdmin() {}

    /**
     * Creates the topics that are missing; those that are there stay as they are. When it returns,
     * every partition has a leader.
     *
     * @throws MillraceException when a topic is there with other partitions than the catalogue's:
     *     records of one key would not meet
     */
    public static void create(KafkaSettings settings) {
        try (Admin admin = settings.admin("topic-admin")) {
            Set<String> present = admin.listTopics().names().get();
            requirePartitions(settings, admin, present);
            List<NewTopic> wanted = wanted(settings.topicPrefix());
            createMissing(admin, wanted, present);
            awaitLeaders(admin, wanted);
        } catch (ExecutionException e) {
            throw settings.failure("creating topics", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("creating topics was interrupted", e);
        }
    }

    /** Whether any topic of the catalogue is there. */
    public static boolean anyPresent(KafkaSettings settings) {
        try (Admin admin = settings.admin("topic-admin")) {
            Set<String> present = admin.listTopics().names().get();
            return Topics.all().stream().map(settings::nameOf).anyMatch(present::contains);
        } catch (ExecutionException e) {
            throw settings.failure("listing topics", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("listing topics was interrupted", e);
        }
    }

    private static void createMissing(Admin admin, List<NewTopic> wanted, Set<String> present)
            throws ExecutionException, InterruptedException {
        List<NewTopic> missing =
                wanted.stream().filter(topic -> !present.contains(topic.name())).toList();
        for (var created : admin.createTopics(missing).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
    }

    /** Asking for an offset of a topic that is known is retried until the leader answers. */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (NewTopic topic : topics) {
            for (int partition = 0; partition < topic.numPartitions(); partition++) {
                ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
            }
        }
        onceKnown(() -> admin.listOffsets(ends).all(), PATIENCE);
    }

    /**
     * Asks about new topics until the brokers know them: the controller, which made them, is ahead,
     * on a busy machine by a second or more.
     */
    static void onceKnown(Supplier<? extends Future<?>> question, Duration patience)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                question.get().get();
                return;
            } catch (ExecutionException e) {
                boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (!unknown || System.nanoTime() - deadline >= 0) {
                    throw e;
                }
            }
            Thread.sleep(PAUSE);
        }
    }

    private static void requirePartitions(KafkaSettings settings, Admin admin, Set<String> present)
            throws ExecutionException, InterruptedException {
        List<String> known =
                Topics.all().stream().map(settings::nameOf).filter(present::contains).toList();
        Map<String, TopicDescription> found = admin.describeTopics(known).allTopicNames().get();
        for (Topic<?> topic : Topics.all()) {
            TopicDescription description = found.get(settings.nameOf(topic));
            if (description != null && description.partitions().size() != topic.partitions()) {
                throw new MillraceException(
                        "topic %s has %d partitions and must have %d: recreate it or choose another --topic-prefix"
                                .formatted(
                                        description.name(),
                                        description.partitions().size(),
                                        topic.partitions()));
            }
        }
    }

    static List<NewTopic> wanted(String prefix) {
        List<NewTopic> wanted = new ArrayList<>();
        for (Topic<?> topic : Topics.all()) {
            wanted.add(
                    new NewTopic(
                                    topic.named(prefix),
                                    Optional.of(topic.partitions()),
                                    Optional.empty())
                            .configs(topic.config()));
            wanted.add(
                    new NewTopic(topic.deadLetters(prefix), Optional.of(1), Optional.empty())
                            .configs(Topic.deadLettersConfig()));
        }
        return wanted;
    }
}
