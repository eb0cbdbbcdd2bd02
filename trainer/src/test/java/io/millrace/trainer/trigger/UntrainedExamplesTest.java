package io.millrace.trainer.trigger;

import static io.millrace.trainer.Given.range;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UntrainedExamplesTest {

    private final UntrainedExamples untrained = new UntrainedExamples();

    @Test
    void offsetsTakenByTransactionMarkersAreNotExamples() {
        untrained.seen(0, 0);
        untrained.seen(0, 1);
        untrained.seen(0, 3); // 2 is a marker

        assertThat(untrained.count()).isEqualTo(3);
    }

    @Test
    void aWindowTakesItsExamplesAndLeavesTheRest() {
        for (int offset = 0; offset < 10; offset++) {
            untrained.seen(0, offset);
            untrained.seen(1, offset);
        }

        untrained.trained(range(0, 0, 7));

        assertThat(untrained.count()).isEqualTo(13);
    }

    @Test
    void anExampleSeenAfterItsWindowIsNotCounted() {
        untrained.trained(range(0, 0, 5));

        untrained.seen(0, 4);
        untrained.seen(0, 5);

        assertThat(untrained.count()).isEqualTo(1);
    }
}
