package io.millrace.trainer.trigger;

import static io.millrace.trainer.Given.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class UntrainedExamplesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final UntrainedExamples untrained = new UntrainedExamples();

    @Test
    void offsetsTakenByTransactionMarkersAreNotExamples() {
        untrained.seen(0, 0, NOW);
        untrained.seen(0, 1, NOW);
        untrained.seen(0, 3, NOW); // 2 is a marker

        assertThat(untrained.count()).isEqualTo(3);
    }

    @Test
    void aWindowTakesItsExamplesAndLeavesTheRest() {
        for (int offset = 0; offset < 10; offset++) {
            untrained.seen(0, offset, NOW);
            untrained.seen(1, offset, NOW);
        }

        untrained.trained(range(0, 0, 7));

        assertThat(untrained.count()).isEqualTo(13);
    }

    @Test
    void anExampleSeenAfterItsWindowIsNotCounted() {
        untrained.trained(range(0, 0, 5));

        untrained.seen(0, 4, NOW);
        untrained.seen(0, 5, NOW);

        assertThat(untrained.count()).isEqualTo(1);
    }
}
