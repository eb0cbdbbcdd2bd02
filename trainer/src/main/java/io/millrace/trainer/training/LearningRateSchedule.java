package io.millrace.trainer.training;

/**
 * Linear warm-up, then half a cosine down to 0 (Loshchilov and Hutter, 2017).
 *
 * @param peak the rate when warm-up ends
 * @param warmupSteps steps of warm-up
 * @param steps of the whole run
 */
record LearningRateSchedule(double peak, int warmupSteps, int steps) {

    static LearningRateSchedule of(TrainingConfig config, int steps) {
        return new LearningRateSchedule(
                config.learningRate(), (int) Math.ceil(config.warmupShare() * steps), steps);
    }

    /**
     * The rate of one step.
     *
     * @param step from 0
     */
    double at(int step) {
        if (step < warmupSteps) {
            return peak * (step + 1) / warmupSteps;
        }
        double progress = (double) (step - warmupSteps) / (steps - warmupSteps);
        return peak * (1 + StrictMath.cos(StrictMath.PI * progress)) / 2;
    }
}
