package io.millrace.model.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.millrace.model.LanguageModel;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Precision;
import io.millrace.model.decoder.Trainable;
import io.millrace.model.decoder.Weights;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.lora.LoraFiles;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.torch.Torch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Supervised fine-tuning of a LoRA adapter: loss on response tokens alone, one AdamW step for each
 * batch. On a CPU the same base, parent, configuration, seed and batches give the same bytes. One
 * thread at a time.
 */
public final class LoraTrainer implements AutoCloseable {

    private static final double WEIGHT_DECAY = 0.01;

    private final LanguageModel base;
    private final LoraConfig config;
    private final List<Tensor> initial;
    private final Trainable trainable;
    private final NDManager steps = Torch.manager();

    private LoraTrainer(
            LanguageModel base, LoraConfig config, List<Tensor> initial, Trainable trainable) {
        this.base = base;
        this.config = config;
        this.initial = initial;
        this.trainable = trainable;
    }

    /**
     * Begins from a parent adapter of the same shape, whatever its dropout was, or from a fresh one
     * (A uniform in ±1/sqrt(in), B zero).
     *
     * @param seed of the fresh adapter, and of what dropout leaves out
     */
    public static LoraTrainer start(
            LanguageModel base, @Nullable Path parentAdapter, LoraConfig config, long seed) {
        List<Tensor> initial =
                parentAdapter == null
                        ? fresh(base, config, seed)
                        : parent(base, config, parentAdapter);
        NDManager manager = Torch.manager();
        NDList adapters = new NDList();
        initial.forEach(tensor -> adapters.add(Weights.array(manager, tensor)));
        long maskSeed = new SplittableRandom(seed).split().nextLong(); // not the fresh adapter's
        Trainable.Dropout dropout = new Trainable.Dropout(config.dropout(), maskSeed);
        Trainable.AdapterTraining training =
                new Trainable.AdapterTraining(
                        Precision.BF16, config.targets(), config.scale(), dropout, WEIGHT_DECAY);
        return new LoraTrainer(
                base,
                config,
                initial,
                Trainable.adapters(manager, base.config(), base.weights(), adapters, training));
    }

    private static List<Tensor> parent(LanguageModel base, LoraConfig config, Path directory) {
        LoraFiles.Lora parent = LoraFiles.read(directory, base.asBase());
        if (!config.continues(parent.config())) {
            throw new ModelException(
                    "the parent adapter "
                            + directory
                            + " has another rank, alpha, scale or target modules than the configuration;"
                            + " train from the base");
        }
        return parent.tensors();
    }

    private static List<Tensor> fresh(LanguageModel base, LoraConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (LoraFiles.Slot slot : LoraFiles.slots(base.config(), config)) {
            int inputs = slot.linear().inputs(base.config());
            float[] a = new float[config.rank() * inputs];
            double bound = 1 / Math.sqrt(inputs);
            for (int i = 0; i < a.length; i++) {
                a[i] = (float) random.nextDouble(-bound, bound);
            }
            float[] b = new float[config.rank() * slot.linear().outputs(base.config())];
            tensors.add(new Tensor(slot.a().name(), slot.a().shape(), a));
            tensors.add(new Tensor(slot.b().name(), slot.b().shape(), b));
        }
        return tensors;
    }

    /**
     * One AdamW step on a batch, the gradient clipped to norm 1. With dropout, each input of the
     * adapters is masked anew (layers that read the same input share its mask), and the result's
     * loss is the masked one.
     */
    public StepResult step(List<Tokens> batch, double learningRate) {
        return Steps.step(steps, trainable, batch, learningRate);
    }

    /**
     * Takes the adapter as it is now into the mean that {@link #save} writes: stochastic weight
     * averaging (Izmailov et al. 2018), flatter and better on what was not seen than the last step.
     */
    public void average() {
        trainable.average();
    }

    /**
     * The mean loss of a batch per response token, in nats; nothing is learned, nothing left out.
     */
    public double loss(List<Tokens> batch) {
        return Steps.loss(steps, trainable, batch);
    }

    /** {@link #save(Path, double)} without a share of the start. */
    public void save(Path directory) {
        save(directory, 0);
    }

    /**
     * Writes the mean of what was averaged, or the adapter as it is where nothing was, as PEFT's
     * two files into an existing directory.
     *
     * @param startShare how much of the adapter that training began from is mixed in, from 0 to 1:
     *     weight-space ensembling (Wortsman et al. 2022, arXiv:2109.01903) keeps what a parent knew
     *     at a small price in what is new
     */
    public void save(Path directory, double startShare) {
        List<float[]> values = trainable.result();
        List<Tensor> tensors = new ArrayList<>();
        for (LoraFiles.Slot slot : LoraFiles.slots(base.config(), config)) {
            for (Weights.Slot half : Arrays.asList(slot.a(), slot.b())) {
                int i = tensors.size();
                float[] mixed = mixed(initial.get(i).values(), values.get(i), startShare);
                tensors.add(new Tensor(half.name(), half.shape(), mixed));
            }
        }
        LoraFiles.write(directory, base.asBase(), new LoraFiles.Lora(config, tensors));
    }

    private static float[] mixed(float[] start, float[] end, double startShare) {
        float[] mixed = new float[end.length];
        for (int i = 0; i < end.length; i++) {
            mixed[i] = (float) (startShare * start[i] + (1 - startShare) * end[i]);
        }
        return mixed;
    }

    @Override
    public void close() {
        steps.close();
        trainable.close();
    }
}
