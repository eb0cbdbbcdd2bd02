package io.millrace.model.training;

import ai.djl.ndarray.NDManager;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Trainable;
import java.util.List;

/** What a batch does to a {@link Trainable}; whatever it allocates is gone afterwards. */
final class Steps {

    private Steps() {}

    static StepResult step(
            NDManager owner, Trainable trainable, List<Tokens> batch, double learningRate) {
        try (NDManager step = owner.newSubManager()) {
            Batch arrays = Batch.of(step, batch, trainable.config());
            float[] result =
                    trainable.step(
                            step, arrays.ids(), arrays.rows(), arrays.targets(), learningRate);
            if (!Float.isFinite(result[0]) || !Float.isFinite(result[1])) {
                throw new ModelException(
                        "training has diverged: the loss is "
                                + result[0]
                                + " and the gradient's norm "
                                + result[1]
                                + "; lower the learning rate");
            }
            return new StepResult(
                    result[0],
                    result[1],
                    batch.stream().mapToInt(Tokens::length).sum(),
                    batch.stream().mapToInt(Tokens::responseLength).sum());
        }
    }

    static double loss(NDManager owner, Trainable trainable, List<Tokens> batch) {
        try (NDManager scratch = owner.newSubManager()) {
            Batch arrays = Batch.of(scratch, batch, trainable.config());
            return trainable.loss(scratch, arrays.ids(), arrays.rows(), arrays.targets());
        }
    }
}
