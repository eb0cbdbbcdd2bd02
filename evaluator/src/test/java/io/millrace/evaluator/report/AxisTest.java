package io.millrace.evaluator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AxisTest {

    @Test
    void ticksAreRoundAndHoldTheValues() {
        assertThat(Axis.over(-13, 92).ticks())
                .containsExactly(-20.0, 0.0, 20.0, 40.0, 60.0, 80.0, 100.0);
    }

    @Test
    void smallRangesGetSmallSteps() {
        Axis axis = Axis.over(0, 0.31);

        assertThat(axis.step()).isCloseTo(0.05, within(1e-12));
        assertThat(axis.high()).isGreaterThanOrEqualTo(0.31);
    }

    @Test
    void aValueLiesProportionallyBetweenThePixels() {
        assertThat(new Axis(0, 10, 2).at(2.5, 100, 200)).isEqualTo(125);
    }

    @Test
    void noRangeAtAllStillMakesAnAxis() {
        assertThat(Axis.over(0, 0).high()).isPositive();
    }
}
