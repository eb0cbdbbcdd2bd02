package io.millrace.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.safetensors.Checkpoint;
import io.millrace.model.safetensors.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * The names, shapes and order of a decoder's weights: the embedding, those of each block, the last
 * norm, and the output projection where it is not the embedding. A block has nine that every family
 * has, then its family's own: the biases of queries, keys and values, or the norms of queries and
 * keys.
 */
public final class Weights {

    /** Where a family's own weights begin in a block. */
    static final int OWN = 9;

    private static final String OUTPUT = "lm_head.weight";
    private static final String INPUT_NORM = "input_layernorm";
    private static final String MLP_NORM = "post_attention_layernorm";

    /** One weight, by its Hugging Face name. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Slot(String name, long... shape) {}

    private Weights() {}

    /** Every weight, in order. */
    public static List<Slot> slots(ModelConfig config) {
        List<Slot> slots = new ArrayList<>();
        slots.add(new Slot("model.embed_tokens.weight", config.vocabSize(), config.hiddenSize()));
        for (int block = 0; block < config.layers(); block++) {
            slots.add(norm(config, block, INPUT_NORM));
            for (Linear linear : List.of(Linear.Q, Linear.K, Linear.V, Linear.O)) {
                slots.add(linear(config, block, linear));
            }
            slots.add(norm(config, block, MLP_NORM));
            for (Linear linear : List.of(Linear.GATE, Linear.UP, Linear.DOWN)) {
                slots.add(linear(config, block, linear));
            }
            slots.addAll(own(config, block));
        }
        slots.add(new Slot("model.norm.weight", config.hiddenSize()));
        if (!config.tiedEmbeddings()) {
            slots.add(new Slot(OUTPUT, config.vocabSize(), config.hiddenSize()));
        }
        return slots;
    }

    private static List<Slot> own(ModelConfig config, int block) {
        List<Slot> own = new ArrayList<>();
        if (config.family().attentionBias()) {
            for (Linear linear : List.of(Linear.Q, Linear.K, Linear.V)) {
                String name = blockName(block) + linear.path() + ".bias";
                own.add(new Slot(name, linear.outputs(config)));
            }
        }
        if (config.family().headNorms()) {
            for (String norm : List.of("self_attn.q_norm", "self_attn.k_norm")) {
                own.add(new Slot(blockName(block) + norm + ".weight", config.headDim()));
            }
        }
        return own;
    }

    private static Slot norm(ModelConfig config, int block, String name) {
        return new Slot(blockName(block) + name + ".weight", config.hiddenSize());
    }

    private static Slot linear(ModelConfig config, int block, Linear linear) {
        return new Slot(
                blockName(block) + linear.path() + ".weight",
                linear.outputs(config),
                linear.inputs(config));
    }

    /** Such as {@code model.layers.3.}. */
    public static String blockName(int block) {
        return "model.layers." + block + ".";
    }

    /** Where a linear layer's weight lies in the list. */
    public static int index(ModelConfig config, int block, Linear linear) {
        return 1 + block * perBlock(config) + linear.slot();
    }

    /** How many weights a block has. */
    static int perBlock(ModelConfig config) {
        return OWN + own(config, 0).size();
    }

    /** Where the last norm lies. */
    static int lastNorm(ModelConfig config) {
        return 1 + config.layers() * perBlock(config);
    }

    /** Where the output projection lies: the embedding when tied. */
    static int output(ModelConfig config) {
        return config.tiedEmbeddings() ? 0 : lastNorm(config) + 1;
    }

    /**
     * Reads every weight of a model directory, as float32 arrays that belong to {@code manager}.
     *
     * @throws ModelException when the files are damaged, or hold other tensors than the
     *     configuration asks for: whatever is left over would be left out of every answer
     */
    public static NDList read(NDManager manager, ModelConfig config, Path directory) {
        NDList weights = new NDList();
        try (Checkpoint checkpoint = Checkpoint.open(directory)) {
            refuseOthers(checkpoint, config);
            for (Slot slot : slots(config)) {
                weights.add(array(manager, checkpoint.read(slot.name(), slot.shape())));
            }
        }
        return weights;
    }

    /**
     * Refuses tensors that are no weight of the model. A tied output projection is the embedding
     * again, and frequencies follow from the configuration: both may be there and mean nothing.
     *
     * @throws ModelException naming one that is left over
     */
    public static void refuseOthers(Checkpoint checkpoint, ModelConfig config) {
        Set<String> others = new TreeSet<>(checkpoint.names());
        slots(config).forEach(slot -> others.remove(slot.name()));
        others.removeIf(name -> name.endsWith(".rotary_emb.inv_freq"));
        if (config.tiedEmbeddings()) {
            others.remove(OUTPUT);
        }
        if (!others.isEmpty()) {
            throw new ModelException(
                    checkpoint.place()
                            + " has a tensor "
                            + others.iterator().next()
                            + " that a "
                            + config.family().architecture()
                            + " of "
                            + config.layers()
                            + " layers has not: config.json and the weights belong to different"
                            + " models");
        }
    }

    /**
     * Fresh weights: normal with the deviation of GPT-2 (0.02, the projections back into the
     * residual stream scaled by 1/sqrt(2 layers)); norms are one, biases zero.
     */
    public static List<Tensor> initial(ModelConfig config, RandomGenerator random) {
        double residual = 0.02 / Math.sqrt(2.0 * config.layers());
        List<Tensor> tensors = new ArrayList<>();
        for (Slot slot : slots(config)) {
            boolean backIntoStream =
                    slot.name().contains("o_proj") || slot.name().contains("down_proj");
            double deviation = backIntoStream ? residual : 0.02;
            long size = 1;
            for (long extent : slot.shape()) {
                size *= extent;
            }
            float[] values = new float[Math.toIntExact(size)];
            boolean bias = slot.name().endsWith(".bias");
            for (int i = 0; i < values.length && !bias; i++) {
                values[i] =
                        slot.shape().length == 1 ? 1 : (float) (random.nextGaussian() * deviation);
            }
            tensors.add(new Tensor(slot.name(), slot.shape(), values));
        }
        return tensors;
    }

    /** The tensor as an array that belongs to {@code manager}. */
    public static NDArray array(NDManager manager, Tensor tensor) {
        return manager.create(tensor.values(), new Shape(tensor.shape()));
    }
}
