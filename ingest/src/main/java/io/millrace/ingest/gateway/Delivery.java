package io.millrace.ingest.gateway;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.helidon.http.Status;
import io.millrace.ingest.gateway.EventIntake.Accepted;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends accepted events and waits until Kafka has them all. */
record Delivery(Duration ackTimeout) {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /**
     * Returns when all are safe.
     *
     * @throws RefusedException with 503 when any may be lost
     */
    void send(List<Accepted> accepted) {
        try {
            CompletableFuture.allOf(
                            accepted.stream()
                                    .map(taken -> taken.letter().send())
                                    .toArray(CompletableFuture[]::new))
                    .get(ackTimeout.toMillis(), MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            log.atWarn()
                    .setMessage("Kafka did not acknowledge in time")
                    .addKeyValue("topic", accepted.getFirst().topic().name())
                    .addKeyValue("events", accepted.size())
                    .setCause(e)
                    .log();
            throw unavailable(accepted.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(accepted.size());
        }
    }

    private static RefusedException unavailable(int events) {
        return new RefusedException(
                Problem.of(
                        Status.SERVICE_UNAVAILABLE_503,
                        "Kafka has not acknowledged it in time: send it again, with an id of your own"
                                + " or an Idempotency-Key it counts once"),
                RETRY,
                events);
    }
}
