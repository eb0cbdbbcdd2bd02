package io.millrace.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void theIntervalOfConstantValuesIsThatValue() {
        double[] values = new double[40];
        Arrays.fill(values, 0.25);

        Interval interval = Bootstrap.interval(values, 1_000, 0.95, new SplittableRandom(1));

        assertThat(interval).isEqualTo(new Interval(0.25, 0.25));
    }

    @Test
    void theIntervalAgreesWithTheNormalOneWhereThatIsExact() {
        double[] values = new double[2_000];
        Arrays.fill(values, 0, 1_000, 1);

        Interval interval = Bootstrap.interval(values, 10_000, 0.95, new SplittableRandom(1));

        double halfWidth = 1.96 * 0.5 / Math.sqrt(2_000);
        assertThat(interval.low()).isCloseTo(0.5 - halfWidth, within(0.0015));
        assertThat(interval.high()).isCloseTo(0.5 + halfWidth, within(0.0015));
    }

    @Test
    void theIntervalHoldsTheTruthAboutNineteenTimesInTwenty() {
        var random = new SplittableRandom(2);
        int held = 0;
        int trials = 1_000;
        for (int trial = 0; trial < trials; trial++) {
            double[] values = new double[200];
            for (int i = 0; i < values.length; i++) {
                double draw = random.nextDouble();
                values[i] = draw < 0.10 ? 1 : draw < 0.16 ? -1 : 0;
            }
            Interval interval = Bootstrap.interval(values, 1_000, 0.95, random.split());
            if (interval.low() <= 0.04 && 0.04 <= interval.high()) {
                held++;
            }
        }

        assertThat(held / (double) trials).isBetween(0.93, 0.97);
    }

    @Test
    void noDifferenceHasAPValueOfOne() {
        assertThat(SignFlipTest.gainPValue(new double[50], 1_000, new SplittableRandom(1)))
                .isEqualTo(1);
    }

    @Test
    void thePermutationTestAgreesWithTheExactBinomialOne() {
        double[] changes = {1, 1, 1, 1, 1, 1, 1, -1, 0, 0, 0};

        double p = SignFlipTest.gainPValue(changes, 100_000, new SplittableRandom(1));

        assertThat(p).isCloseTo(9.0 / 256, within(0.002));
    }

    @Test
    void aPValueIsNeverZero() {
        double[] changes = new double[100];
        Arrays.fill(changes, 1);

        double p = SignFlipTest.gainPValue(changes, 9_999, new SplittableRandom(1));

        assertThat(p).isEqualTo(1.0 / 10_000);
    }

    @Test
    void moreThanSixtyFourDifferencesAreFlippedOneByOne() {
        double[] changes = new double[200];
        Arrays.fill(changes, 0, 115, 1);
        Arrays.fill(changes, 115, 200, -1);

        double p = SignFlipTest.gainPValue(changes, 100_000, new SplittableRandom(1));

        assertThat(p).isCloseTo(0.0200, within(0.002));
    }

    @Test
    void holmStepsDownAndKeepsTheOrder() {
        double[] adjusted = Holm.adjust(new double[] {0.04, 0.01, 0.03});

        assertThat(adjusted).containsExactly(new double[] {0.06, 0.03, 0.06}, within(1e-12));
    }

    @Test
    void holmNeverExceedsOne() {
        assertThat(Holm.adjust(new double[] {0.7, 1})).containsExactly(1, 1);
    }
}
