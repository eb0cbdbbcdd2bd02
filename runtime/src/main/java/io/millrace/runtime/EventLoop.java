package io.millrace.runtime;

import io.millrace.schemas.Event;
import io.millrace.schemas.Topic;
import io.millrace.schemas.UnreadableEventException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that hands every event of one topic to a handler, in order of offset within a
 * partition, from the beginning of the topic or from given offsets and then for as long as the loop
 * is open. It keeps no offsets: state that comes from a control topic is rebuilt by replay.
 *
 * <pre>
 * constructed ──start()──► replaying ──end offsets of the start reached──► caught up ──close()──► closed
 *                              └────────────the handler threw───────────────┴──► not live
 * </pre>
 */
public final class EventLoop<E extends Event> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventLoop.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final KafkaSettings settings;
    private final Topic<E> topic;
    private final Map<Integer, Long> from;
    private final Consumer<Logged<E>> handler;
    private final DeadLetters deadLetters;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private volatile boolean open = true;
    private volatile boolean live = true;

    /** A loop over the whole topic. */
    public EventLoop(
            KafkaSettings settings, Topic<E> topic, String service, Consumer<Logged<E>> handler) {
        this(settings, topic, service, Map.of(), handler);
    }

    /**
     * A loop that starts in the midst.
     *
     * @param service who reads, such as {@code deployer}
     * @param from the first offset to hand over, by partition; others start at their beginning
     */
    public EventLoop(
            KafkaSettings settings,
            Topic<E> topic,
            String service,
            Map<Integer, Long> from,
            Consumer<Logged<E>> handler) {
        String name = service + "-" + topic.name();
        this.settings = settings;
        this.topic = topic;
        this.from = Map.copyOf(from);
        this.handler = handler;
        this.deadLetters = new DeadLetters(settings, topic, service);
        this.consumer = settings.consumer(name);
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** False once the handler has thrown or Kafka has refused; nothing is handed over any more. */
    public boolean live() {
        return live;
    }

    /** Whether everything that was in the topic at the start has been handled. */
    public boolean caughtUp() {
        return live && caughtUp.getCount() == 0;
    }

    /**
     * Waits for {@link #caughtUp}.
     *
     * @throws MillraceException when the loop died or time ran out before
     */
    public void awaitCaughtUp(Duration patience) throws InterruptedException {
        boolean inTime = caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (!live || !inTime) {
            throw new MillraceException(
                    "%s was not replayed within %d s: is the broker at %s well?"
                            .formatted(
                                    settings.nameOf(topic),
                                    patience.toSeconds(),
                                    settings.bootstrapServers()));
        }
    }

    /**
     * Lets the handler finish the event in its hands, interrupts it when that takes long, and frees
     * the consumer.
     */
    @Override
    public void close() {
        open = false;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
            return;
        }
        consumer.wakeup();
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                thread.interrupt();
                thread.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            Map<TopicPartition, Long> ends = assign();
            while (open) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (!open) {
                        return;
                    }
                    handle(record);
                }
                if (ends.entrySet().stream()
                        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                    caughtUp.countDown();
                }
            }
        } catch (WakeupException e) {
            log.atDebug().setMessage("event loop closed").addKeyValue("topic", topic.name()).log();
        } catch (RuntimeException | Error e) {
            live = false;
            log.atError()
                    .setMessage("event loop died")
                    .addKeyValue("topic", topic.name())
                    .addKeyValue("thread", Thread.currentThread().getName())
                    .setCause(e)
                    .log();
        } finally {
            caughtUp.countDown();
        }
    }

    /** Takes all partitions and returns where they end now. */
    private Map<TopicPartition, Long> assign() {
        List<TopicPartition> partitions = EventLog.assignAll(consumer, settings.nameOf(topic));
        consumer.beginningOffsets(partitions)
                .forEach((partition, first) ->
                        consumer.seek(partition, from.getOrDefault(partition.partition(), first)));
        return consumer.endOffsets(partitions);
    }

    private void handle(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return;
        }
        Logged<E> event;
        try {
            event = Logged.of(topic, record);
        } catch (UnreadableEventException e) {
            if (deadLetters.park(record, e)) {
                log.atWarn()
                        .setMessage("moved a record that cannot be read to the dead letters")
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("partition", record.partition())
                        .addKeyValue("offset", record.offset())
                        .log();
            }
            return;
        }
        handler.accept(event);
    }
}
