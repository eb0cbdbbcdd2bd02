package io.millrace.model.lora;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.Tensor;
import java.util.HashMap;
import java.util.Map;

/**
 * An adapter folded into the weights that it stands beside, and taken out of them again: {@code W +
 * scale · B·A} (Hu et al. 2021, section 4.1). Products and sums are taken in doubles and rounded
 * once, so that what was merged and unmerged is the weight it was to a unit in the last place of
 * the larger of the two.
 */
public final class LoraMerge {

    private record Factors(Tensor a, Tensor b) {}

    private final Map<String, Factors> byWeight = new HashMap<>();
    private final double scale;

    /** An adapter of a model of this shape. */
    public LoraMerge(ModelConfig model, LoraFiles.Lora lora) {
        this.scale = lora.config().scale();
        int tensor = 0;
        for (LoraFiles.Slot slot : LoraFiles.slots(model, lora.config())) {
            Tensor a = lora.tensors().get(tensor++);
            Tensor b = lora.tensors().get(tensor++);
            String weight = Weights.blockName(slot.block()) + slot.linear().path() + ".weight";
            byWeight.put(weight, new Factors(a, b));
        }
    }

    /** How many weights it changes. */
    public int layers() {
        return byWeight.size();
    }

    /** A weight {@code (out, in)} of the base with the adapter in it; any other as it is. */
    public Tensor merged(Tensor weight) {
        return plus(weight, scale);
    }

    /** A merged weight {@code (out, in)} without the adapter; any other as it is. */
    public Tensor unmerged(Tensor weight) {
        return plus(weight, -scale);
    }

    private Tensor plus(Tensor weight, double factor) {
        Factors factors = byWeight.get(weight.name());
        if (factors == null) {
            return weight;
        }
        float[] a = factors.a().values(); // (rank, in)
        float[] b = factors.b().values(); // (out, rank)
        int rank = (int) factors.a().shape()[0];
        int inputs = (int) factors.a().shape()[1];
        float[] sums = new float[weight.values().length];
        double[] row = new double[inputs];
        for (int out = 0; out < sums.length / inputs; out++) {
            for (int in = 0; in < inputs; in++) {
                row[in] = weight.values()[out * inputs + in];
            }
            for (int r = 0; r < rank; r++) {
                double share = factor * b[out * rank + r];
                for (int in = 0; in < inputs; in++) {
                    row[in] += share * a[r * inputs + in];
                }
            }
            for (int in = 0; in < inputs; in++) {
                sums[out * inputs + in] = (float) row[in];
            }
        }
        return new Tensor(weight.name(), weight.shape(), sums);
    }
}
