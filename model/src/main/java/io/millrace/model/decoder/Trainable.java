package io.millrace.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.IValue;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.torch.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A decoder whose weights, or adapters beside frozen weights, take gradient steps. Trained numbers
 * and AdamW's moments are float32; frozen weights and products are in the given precision. One
 * thread at a time.
 */
public final class Trainable implements AutoCloseable {

    private final NDManager manager;
    private final ModelConfig config;
    private final Precision precision;
    private final Script program;
    private final Rope rope;
    private final NDList frozen = new NDList();
    private final NDList trained;
    private final NDList firstMoments = new NDList();
    private final NDList secondMoments = new NDList();
    private final NDArray count;
    private final NDList means = new NDList();
    private @Nullable SplittableRandom maskSeeds;
    private long averaged;

    private Trainable(
            NDManager manager,
            ModelConfig config,
            Precision precision,
            String program,
            NDList trained) {
        this.manager = manager;
        this.config = config;
        this.precision = precision;
        this.program = Script.compile(manager, program);
        this.rope = Rope.of(manager, config);
        this.trained = trained;
        this.count = manager.create(0f);
        for (NDArray array : trained) {
            array.setRequiresGradient(true);
            firstMoments.add(manager.zeros(array.getShape()));
            secondMoments.add(manager.zeros(array.getShape()));
        }
    }

    /** Trains every weight; {@code weights} belong to {@code manager} and are changed in place. */
    public static Trainable full(
            NDManager manager,
            ModelConfig config,
            Precision precision,
            NDList weights,
            double weightDecay) {
        return new Trainable(
                manager,
                config,
                precision,
                TrainingProgram.full(config, precision, weightDecay),
                weights);
    }

    /**
     * Trains adapters beside a copy of {@code weights}.
     *
     * @param adapters A then B of each target of each block, changed in place; they belong to
     *     {@code manager}
     */
    public static Trainable adapters(
            NDManager manager,
            ModelConfig config,
            NDList weights,
            NDList adapters,
            AdapterTraining training) {
        String text = TrainingProgram.adapters(config, training);
        Trainable trainable = new Trainable(manager, config, training.precision(), text, adapters);
        if (training.dropout().share() > 0) {
            trainable.maskSeeds = new SplittableRandom(training.dropout().seed());
        }
        for (NDArray weight : weights) {
            trainable.frozen.add(
                    weight.getShape().dimension() == 1
                            ? copy(manager, weight)
                            : trainable.cast(weight));
        }
        return trainable;
    }

    /** Which layers have adapters, how they count, and how they are trained. */
    public record AdapterTraining(
            Precision precision,
            List<Linear> targets,
            double scale,
            Dropout dropout,
            double weightDecay) {

        public AdapterTraining {
            targets = List.copyOf(targets);
        }
    }

    /**
     * What is left out of the adapters' inputs in each step, and never of a {@link #loss}.
     *
     * @param share of the numbers, from 0 to below 1
     * @param seed of every mask. Each step draws from a generator of its own, so that nothing else
     *     in the process disturbs the masks; they depend on the shapes of the batches
     */
    public record Dropout(double share, long seed) {

        /** Nothing is left out. */
        public static final Dropout NONE = new Dropout(0, 0);
    }

    private static NDArray copy(NDManager manager, NDArray array) {
        NDArray copy = array.duplicate();
        copy.attach(manager);
        return copy;
    }

    /** A cast that may stand in a differentiated program: inference tensors may not. */
    private NDArray cast(NDArray array) {
        if (precision == Precision.F32) {
            return copy(manager, array);
        }
        try (NDManager scratch = manager.newSubManager()) {
            NDArray cast = program.run(scratch, "cast", copy(scratch, array)).singletonOrThrow();
            cast.attach(manager);
            return cast;
        }
    }

    public ModelConfig config() {
        return config;
    }

    /**
     * One AdamW step.
     *
     * @param ids {@code (batch, longest)}
     * @param rows flattened positions that predict a target, {@code (n)}
     * @param targets {@code (n)}
     * @return the loss before the step, under its dropout, and the gradient's norm before clipping
     */
    public float[] step(
            NDManager step, NDArray ids, NDArray rows, NDArray targets, double learningRate) {
        NDArray rate = step.create((float) learningRate);
        List<Object> arguments =
                new ArrayList<>(List.of(ids, rows, targets, rope.cos(), rope.sin()));
        if (!frozen.isEmpty()) {
            arguments.add(frozen);
        }
        arguments.addAll(List.of(trained, firstMoments, secondMoments, count, rate));
        if (maskSeeds != null) {
            arguments.add(step.create(maskSeeds.nextLong()));
        }
        NDList result = program.run(step, "step", arguments.toArray());
        return new float[] {result.get(0).getFloat(), result.get(1).getFloat()};
    }

    /** The mean loss of a batch, without a step and without dropout. */
    public float loss(NDManager scratch, NDArray ids, NDArray rows, NDArray targets) {
        try (IValue idsValue = Script.tensor(ids);
                IValue rowsValue = Script.tensor(rows);
                IValue targetsValue = Script.tensor(targets);
                IValue cos = Script.tensor(rope.cos());
                IValue sin = Script.tensor(rope.sin());
                IValue weights = Script.list(frozen.isEmpty() ? trained : frozen);
                IValue adapters = Script.list(trained)) {
            IValue[] arguments =
                    frozen.isEmpty()
                            ? new IValue[] {idsValue, rowsValue, targetsValue, cos, sin, weights}
                            : new IValue[] {
                                idsValue, rowsValue, targetsValue, cos, sin, weights, adapters
                            };
            return program.infer(scratch, "loss", arguments).singletonOrThrow().getFloat();
        }
    }

    /** Takes the adapters as they are now into the mean that {@link #result} gives. */
    public void average() {
        if (means.isEmpty()) {
            trained.forEach(array -> means.add(manager.zeros(array.getShape())));
        }
        averaged++;
        try (NDManager scratch = manager.newSubManager();
                IValue mean = Script.list(means);
                IValue now = Script.list(trained);
                IValue share = IValue.from(1.0 / averaged)) {
            program.infer(scratch, "average", mean, now, share);
        }
    }

    /** The numbers being trained, as they are now. */
    public List<float[]> trained() {
        return values(trained);
    }

    /** The mean of what was averaged; the numbers as they are now where nothing was. */
    public List<float[]> result() {
        return values(averaged == 0 ? trained : means);
    }

    private static List<float[]> values(NDList arrays) {
        return arrays.stream().map(NDArray::toFloatArray).toList();
    }

    @Override
    public void close() {
        program.close();
        manager.close();
    }
}
