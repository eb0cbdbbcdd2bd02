package io.millrace.deployer.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.deployer.Examples;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InteractionLogTest {

    private final Counter dropped = new SimpleMeterRegistry().counter("dropped");
    private final List<Interaction> written = new CopyOnWriteArrayList<>();

    @Test
    void whatWasAddedIsWrittenInOrderBeforeClosingEnds() {
        try (InteractionLog log = new InteractionLog(this::write, 10, dropped)) {
            log.add(interaction("a"));
            log.add(interaction("b"));
        }

        assertThat(written).extracting(i -> i.interactionId().value()).containsExactly("a", "b");
        assertThat(dropped.count()).isZero();
    }

    @Test
    void aStuckKafkaCostsInteractionsAndNoTime() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        try (InteractionLog log =
                new InteractionLog(
                        interaction -> {
                            waiting.countDown();
                            awaitUninterrupted(stuck);
                            return write(interaction);
                        },
                        2,
                        dropped)) {
            log.add(interaction("in the writer's hands"));
            waiting.await();
            log.add(interaction("b"));
            log.add(interaction("c"));
            log.add(interaction("too many"));

            assertThat(dropped.count()).isEqualTo(1);
            stuck.countDown();
        }
        assertThat(written).hasSize(3);
    }

    @Test
    void writesThatFailAreCountedAndTheNextIsTriedAgain() {
        try (InteractionLog log =
                new InteractionLog(
                        interaction ->
                                switch (interaction.interactionId().value()) {
                                    case "thrown" -> throw new IllegalStateException("no broker");
                                    case "late" ->
                                            CompletableFuture.failedFuture(
                                                    new IllegalStateException("timed out"));
                                    default -> write(interaction);
                                },
                        10,
                        dropped)) {
            log.add(interaction("thrown"));
            log.add(interaction("late"));
            log.add(interaction("fine"));
            await().until(() -> written.size() == 1);
        }

        assertThat(dropped.count()).isEqualTo(2);
    }

    @Test
    void afterClosingEverythingIsCountedAsDropped() {
        InteractionLog log = new InteractionLog(this::write, 10, dropped);
        log.close();
        log.add(interaction("late"));

        assertThat(dropped.count()).isEqualTo(1);
        assertThat(written).isEmpty();
    }

    private CompletableFuture<?> write(Interaction interaction) {
        written.add(interaction);
        return CompletableFuture.completedFuture(interaction);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Interaction interaction(String id) {
        return new Interaction(
                new InteractionId(id.replace(' ', '-').replace("'", "")),
                new PrincipalId("ann"),
                null,
                "base",
                List.of(Message.user("hello")),
                "hi",
                List.of(),
                1,
                Examples.NOON);
    }
}
