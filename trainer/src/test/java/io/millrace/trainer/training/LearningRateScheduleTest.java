package io.millrace.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateScheduleTest {

    @Test
    void growsToThePeakAndFallsAlongACosine() {
        LearningRateSchedule schedule = new LearningRateSchedule(1.0, 4, 12);

        assertThat(schedule.at(0)).isEqualTo(0.25);
        assertThat(schedule.at(3)).isEqualTo(1.0);
        assertThat(schedule.at(4)).isEqualTo(1.0);
        assertThat(schedule.at(8)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.at(11)).isCloseTo(0.038, within(1e-3));
    }

    @Test
    void withoutWarmUpBeginsAtThePeak() {
        assertThat(new LearningRateSchedule(0.1, 0, 10).at(0)).isEqualTo(0.1);
    }

    @Test
    void aRunOfOneStepLearnsAtThePeak() {
        LearningRateSchedule schedule = LearningRateSchedule.of(TrainingConfig.defaults(), 1);

        assertThat(schedule.at(0)).isEqualTo(TrainingConfig.defaults().learningRate());
    }
}
