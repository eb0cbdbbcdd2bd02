package io.millrace.deployer.serving;

import io.micrometer.core.instrument.Counter;
import io.millrace.schemas.Interaction;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes interactions behind the back of requests. Between the two stands a bounded buffer: when
 * Kafka is away for longer than it lasts, interactions are dropped and counted, and people get
 * their answers.
 */
public final class InteractionLog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(InteractionLog.class);
    private static final long POLL_MILLIS = 200;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Function<Interaction, CompletableFuture<?>> send;
    private final BlockingQueue<Interaction> buffer;
    private final Counter dropped;
    private final Thread writer =
            Thread.ofPlatform().name("interactions").daemon().unstarted(this::run);
    private volatile boolean open = true;
    private volatile boolean failing;

    /**
     * Starts writing.
     *
     * @param send writes one interaction; it may block, and its result may come later
     * @param capacity interactions that may wait
     * @param dropped counts those that were lost
     */
    public InteractionLog(
            Function<Interaction, CompletableFuture<?>> send, int capacity, Counter dropped) {
        this.send = send;
        this.buffer = new ArrayBlockingQueue<>(capacity);
        this.dropped = dropped;
        writer.start();
    }

    /** Takes an interaction, never waiting. */
    void add(Interaction interaction) {
        if (!open || !buffer.offer(interaction)) {
            drop("the buffer is full");
        }
    }

    private void run() {
        try {
            while (open || !buffer.isEmpty()) {
                Interaction next = buffer.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    write(next);
                }
            }
        } catch (InterruptedException e) {
            buffer.forEach(_ -> drop("serving has ended"));
        }
    }

    private void write(Interaction interaction) {
        try {
            var _ =
                    send.apply(interaction)
                            .whenComplete((_, error) -> {
                                if (error == null) {
                                    failing = false;
                                } else {
                                    drop(String.valueOf(error.getMessage()));
                                }
                            });
        } catch (RuntimeException e) {
            drop(String.valueOf(e.getMessage()));
        }
    }

    /** One warning for each outage; the counter has the rest. */
    private void drop(String reason) {
        dropped.increment();
        if (!failing) {
            failing = true;
            log.atWarn()
                    .setMessage("interactions are being dropped")
                    .addKeyValue("reason", reason)
                    .log();
        }
    }

    /** Writes what is buffered, and gives up on the rest after a while. */
    @Override
    public void close() {
        open = false;
        try {
            if (!writer.join(CLOSE_PATIENCE)) {
                writer.interrupt();
                writer.join(CLOSE_PATIENCE);
            }
        } catch (InterruptedException e) {
            writer.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
