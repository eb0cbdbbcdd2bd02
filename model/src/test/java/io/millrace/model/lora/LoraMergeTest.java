package io.millrace.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.TinyModel;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.safetensors.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoraMergeTest {

    private static final ModelConfig MODEL = TinyModel.config();
    private static final LoraConfig LORA =
            new LoraConfig(4, 8, 0, true, List.of("k_proj", "down_proj"));

    private final List<Tensor> base = TinyModel.weights(MODEL, 1);
    private final LoraFiles.Lora lora = TinyModel.adapter(MODEL, LORA, 2);
    private final LoraMerge merge = new LoraMerge(MODEL, lora);

    @Test
    void aMergedWeightIsTheSumOfTheWeightAndTheScaledProduct() {
        Tensor weight = named("model.layers.1.mlp.down_proj.weight"); // (32, 48)
        float[] a = lora.tensors().get(6).values();
        float[] b = lora.tensors().get(7).values();

        float[] merged = merge.merged(weight).values();

        for (int out : List.of(0, 17, 31)) {
            for (int in : List.of(0, 5, 47)) {
                double product = 0;
                for (int r = 0; r < 4; r++) {
                    product += 4.0 * b[out * 4 + r] * a[r * 48 + in];
                }
                int at = out * 48 + in;
                assertThat((double) merged[at])
                        .isCloseTo(weight.values()[at] + product, within(1e-6));
            }
        }
    }

    private Tensor named(String name) {
        return base.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void onlyTheLayersThatAreNamedChange() {
        List<String> changed = new ArrayList<>();
        for (Tensor weight : base) {
            if (!Arrays.equals(merge.merged(weight).values(), weight.values())) {
                changed.add(weight.name());
            }
        }

        assertThat(changed)
                .containsExactly(
                        "model.layers.0.self_attn.k_proj.weight",
                        "model.layers.0.mlp.down_proj.weight",
                        "model.layers.1.self_attn.k_proj.weight",
                        "model.layers.1.mlp.down_proj.weight");
        assertThat(merge.layers()).isEqualTo(4);
    }

    @Test
    void whatIsUnmergedIsTheBaseAgain() {
        for (Tensor weight : base) {
            float[] merged = merge.merged(weight).values();
            float[] again = merge.unmerged(merge.merged(weight)).values();
            for (int i = 0; i < again.length; i++) {
                float unit = Math.max(Math.ulp(weight.values()[i]), Math.ulp(merged[i]));
                assertThat(again[i]).isCloseTo(weight.values()[i], within(unit));
            }
        }
    }
}
