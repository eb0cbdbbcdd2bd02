package io.millrace.model.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Precision;
import io.millrace.model.decoder.Trainable;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.torch.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Trains every weight of a fresh model: pre-training. One thread at a time. */
public final class FullTrainer implements AutoCloseable {

    private static final double WEIGHT_DECAY = 0.1;

    private final ModelConfig config;
    private final Trainable trainable;
    private final NDManager steps = Torch.manager();

    /**
     * Begins with fresh weights.
     *
     * @param precision of the matrix products; the weights trained are float32
     */
    public FullTrainer(ModelConfig config, Precision precision, long seed) {
        this.config = config;
        NDManager manager = Torch.manager();
        NDList weights = new NDList();
        for (Tensor tensor : Weights.initial(config, new SplittableRandom(seed))) {
            weights.add(Weights.array(manager, tensor));
        }
        this.trainable = Trainable.full(manager, config, precision, weights, WEIGHT_DECAY);
    }

    /** One AdamW step on a batch, the gradient clipped to norm 1. */
    public StepResult step(List<Tokens> batch, double learningRate) {
        return Steps.step(steps, trainable, batch, learningRate);
    }

    /** The mean loss of a batch per response token, in nats; nothing is learned from it. */
    public double loss(List<Tokens> batch) {
        return Steps.loss(steps, trainable, batch);
    }

    /** Writes the weights as bfloat16. */
    public void save(Path file) {
        List<Weights.Slot> slots = Weights.slots(config);
        List<float[]> values = trainable.trained();
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            tensors.add(new Tensor(slots.get(i).name(), slots.get(i).shape(), values.get(i)));
        }
        Safetensors.write(file, tensors, DataType.BF16);
    }

    @Override
    public void close() {
        steps.close();
        trainable.close();
    }
}
