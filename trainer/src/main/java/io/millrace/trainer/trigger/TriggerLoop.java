package io.millrace.trainer.trigger;

import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.UnreadableEventException;
import io.millrace.trainer.window.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that feeds the count trigger: it follows curated examples, requests and windows, and
 * writes a request when the trigger decides so. It keeps nothing: requests and windows are read
 * from the beginning, examples from where the ledger ends, and nothing is decided before all that
 * was there at the start has been seen.
 */
public final class TriggerLoop implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TriggerLoop.class);
    private static final String NAME = "trigger";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final KafkaSettings kafka;
    private final CountTrigger trigger;
    private final Clock clock;
    private final EventProducer producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final UntrainedExamples untrained = new UntrainedExamples();
    private TriggerState state = TriggerState.INITIAL;
    private volatile long untrainedExamples;
    private volatile boolean open = true;
    private volatile boolean live = true;
    private final Thread thread = Thread.ofPlatform().name(NAME).daemon().unstarted(this::run);

    public TriggerLoop(KafkaSettings kafka, CountTrigger trigger, Clock clock) {
        this.kafka = kafka;
        this.trigger = trigger;
        this.clock = clock;
        this.producer = new EventProducer(kafka, NAME);
        this.consumer = kafka.consumer(NAME);
    }

    public void start() {
        thread.start();
    }

    /** False once Kafka has refused; nothing is asked for any more. */
    public boolean live() {
        return live;
    }

    /** How many curated examples no window covers yet. */
    public long untrainedExamples() {
        return untrainedExamples;
    }

    @Override
    public void close() {
        open = false;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
        } else {
            consumer.wakeup();
            join();
        }
        producer.close();
    }

    private void join() {
        try {
            thread.join(CLOSE_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            Map<TopicPartition, Long> ends = assign();
            boolean caughtUp = false;
            while (open) {
                consumer.poll(POLL).forEach(this::take);
                caughtUp =
                        caughtUp
                                || ends.entrySet().stream()
                                        .allMatch(end ->
                                                consumer.position(end.getKey()) >= end.getValue());
                untrainedExamples = untrained.count();
                if (caughtUp) {
                    trigger.decide(state, untrained.now(), clock.instant()).ifPresent(this::ask);
                }
            }
        } catch (WakeupException e) {
            log.atDebug().setMessage("trigger closed").log();
        } catch (RuntimeException e) {
            live = false;
            log.atError().setMessage("trigger died").setCause(e).log();
        }
    }

    /**
     * Takes all partitions, each from where there is something to learn, and returns where they end
     * now.
     */
    private Map<TopicPartition, Long> assign() {
        List<TrainingWindow> windows =
                EventLog.read(kafka, Topics.WINDOWS).stream().map(Logged::event).toList();
        Ledger ledger = Ledger.of(windows);
        String examples = kafka.nameOf(Topics.SFT);
        List<TopicPartition> partitions =
                Stream.of(Topics.SFT, Topics.REQUESTS, Topics.WINDOWS)
                        .flatMap(topic -> consumer.partitionsFor(kafka.nameOf(topic)).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        for (TopicPartition partition : partitions) {
            long trained = ledger.end(partition.topic(), partition.partition());
            if (partition.topic().equals(examples) && trained > consumer.position(partition)) {
                consumer.seek(partition, trained);
            }
        }
        return consumer.endOffsets(partitions);
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(kafka.nameOf(Topics.SFT))) {
            untrained.seen(record.partition(), record.offset(), clock.instant());
        } else if (record.value() != null) {
            try {
                note(record);
            } catch (UnreadableEventException e) {
                log.atWarn()
                        .setMessage("left out a record that cannot be read")
                        .addKeyValue("topic", record.topic())
                        .addKeyValue("offset", record.offset())
                        .log();
            }
        }
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(kafka.nameOf(Topics.REQUESTS))) {
            state = state.after(EventJson.read(record.value(), TrainingRequest.class));
        } else {
            TrainingWindow window = EventJson.read(record.value(), TrainingWindow.class);
            state = state.after(window);
            window.ranges().stream()
                    .filter(range -> range.topic().equals(kafka.nameOf(Topics.SFT)))
                    .forEach(untrained::trained);
        }
    }

    private void ask(TrainingRequest request) {
        producer.send(Topics.REQUESTS, request).join();
        state = state.after(request);
        log.atInfo()
                .setMessage("training asked for")
                .addKeyValue("trigger", request.triggerId())
                .addKeyValue("examples", request.examples())
                .log();
    }
}
