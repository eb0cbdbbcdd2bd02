package io.millrace.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.millrace.model.TinyModel;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.RopeScaling;
import io.millrace.model.decoder.Precision;
import io.millrace.model.decoder.ReferenceDecoder;
import io.millrace.model.decoder.Trainable;
import io.millrace.model.decoder.Weights;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.lora.LoraFiles;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.torch.Torch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The engine's loss, gradient and AdamW against numeric differences of the reference's loss.
 * Mistral trains by Llama's program.
 */
class GradientTest {

    private static final double LEARNING_RATE = 1e-2;
    private static final List<Tokens> BATCH =
            List.of(
                    new Tokens(new int[] {3, 30, 31, 5, 20, 21, 2}, 4),
                    new Tokens(new int[] {3, 30, 2}, 2),
                    new Tokens(new int[] {9, 8, 7, 6, 5, 4, 3, 35, 36, 37}, 3));

    private final NDManager manager = Torch.manager();
    private final NDManager steps = Torch.manager();

    @AfterEach
    void closeManagers() {
        steps.close();
        manager.close();
    }

    private static ModelConfig config(Family family, boolean tied) {
        RopeScaling stretched = new RopeScaling.Llama3(8, 1, 4, 64);
        return new ModelConfig(family, 40, 8, 2, 4, 2, 4, 12, 1e-5, 10_000, stretched, 16, tied);
    }

    @ParameterizedTest
    @CsvSource({"LLAMA, true", "LLAMA, false", "QWEN2, true", "QWEN3, false"})
    void fullTrainingTakesAdamWSteps(Family family, boolean tied) {
        ModelConfig config = config(family, tied);
        List<Tensor> weights = TinyModel.weights(config, 1);
        Trainable trainable = Trainable.full(manager, config, Precision.F32, arrays(weights), 0.1);
        ReferenceDecoder model = new ReferenceDecoder(config, weights);
        AdamWReference reference =
                new AdamWReference(model, weights.stream().map(Tensor::name).toList(), 0.95, 0.1);

        assertStepsAgree(trainable, model, reference);
    }

    @ParameterizedTest
    @EnumSource(value = Family.class, names = "MISTRAL", mode = EnumSource.Mode.EXCLUDE)
    void adaptersBesideEveryLayerTakeAdamWSteps(Family family) {
        assertAdapterStepsAgree(family, LoraConfig.allLinear(2, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LLAMA | q_proj",
                "LLAMA | k_proj,v_proj",
                "LLAMA | o_proj",
                "LLAMA | gate_proj,down_proj",
                "LLAMA | up_proj",
                "LLAMA | v_proj,down_proj,o_proj",
                "QWEN2 | v_proj,down_proj,o_proj",
                "QWEN3 | v_proj,down_proj,o_proj"
            })
    void adaptersBesideSomeLayersTakeAdamWSteps(Family family, String targets) {
        assertAdapterStepsAgree(family, new LoraConfig(3, 3, List.of(targets.split(","))));
    }

    @Test
    void adaptersOfAStabilisedRankTakeAdamWSteps() {
        assertAdapterStepsAgree(Family.LLAMA, new LoraConfig(4, 3, 0, true, LoraConfig.ALL));
    }

    /** The reference's biases and norms stay as they are: so must the engine's. */
    private void assertAdapterStepsAgree(Family family, LoraConfig lora) {
        ModelConfig config = config(family, true);
        List<Tensor> weights = TinyModel.weights(config, 2);
        LoraFiles.Lora beside = TinyModel.adapter(config, lora, 7);
        List<Tensor> adapter = beside.tensors();
        ReferenceDecoder model = new ReferenceDecoder(config, weights).adapt(beside);
        AdamWReference reference =
                new AdamWReference(model, adapter.stream().map(Tensor::name).toList(), 0.999, 0.01);
        Trainable trainable =
                Trainable.adapters(
                        manager,
                        config,
                        arrays(weights),
                        arrays(adapter),
                        new Trainable.AdapterTraining(
                                Precision.F32,
                                lora.targets(),
                                lora.scale(),
                                Trainable.Dropout.NONE,
                                0.01));

        assertStepsAgree(trainable, model, reference);
    }

    private void assertStepsAgree(
            Trainable trainable, ReferenceDecoder model, AdamWReference reference) {
        for (int step = 0; step < 3; step++) {
            double loss = model.loss(BATCH);
            List<double[]> gradient = reference.gradient(BATCH);
            assertThat(Steps.loss(steps, trainable, BATCH)).isCloseTo(loss, within(1e-5));

            StepResult result = Steps.step(steps, trainable, BATCH, LEARNING_RATE);
            reference.step(gradient, LEARNING_RATE);

            assertThat(result.loss()).isCloseTo(loss, within(1e-5));
            assertThat(result.gradientNorm())
                    .isCloseTo(AdamWReference.norm(gradient), withinPercentage(0.01));
            assertThat(result.tokens()).isEqualTo(20);
            assertThat(result.responseTokens()).isEqualTo(11);
            assertThat(farthest(trainable.trained(), reference.weights(), gradient))
                    .isLessThan(0.02 * LEARNING_RATE);
        }
    }

    /**
     * How far any weight is from the reference's. Where the gradient drowns in float32's rounding,
     * Adam's step is of random sign: those few are left out.
     */
    private static double farthest(
            List<float[]> found, List<double[]> expected, List<double[]> gradient) {
        double farthest = 0;
        int left = 0;
        int all = 0;
        for (int w = 0; w < found.size(); w++) {
            for (int i = 0; i < found.get(w).length; i++) {
                all++;
                double slope = Math.abs(gradient.get(w)[i]);
                if (slope > 0 && slope < 1e-4) {
                    left++;
                } else {
                    farthest = Math.max(farthest, Math.abs(found.get(w)[i] - expected.get(w)[i]));
                }
            }
        }
        assertThat(left).isLessThan(all / 10);
        return farthest;
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void bfloat16GivesNearlyTheSameGradient(Family family) {
        ModelConfig config = config(family, true);
        List<Tensor> weights = TinyModel.weights(config, 3);
        Trainable exact = Trainable.full(manager, config, Precision.F32, arrays(weights), 0.1);
        Trainable rounded = Trainable.full(manager, config, Precision.BF16, arrays(weights), 0.1);

        StepResult expected = Steps.step(steps, exact, BATCH, LEARNING_RATE);
        StepResult found = Steps.step(steps, rounded, BATCH, LEARNING_RATE);

        assertThat(found.loss()).isCloseTo(expected.loss(), within(0.02));
        assertThat(found.gradientNorm())
                .isCloseTo(expected.gradientNorm(), within(0.05 * expected.gradientNorm()));
        assertThat(found.loss()).isNotEqualTo(expected.loss());
    }

    private NDList arrays(List<Tensor> tensors) {
        NDList arrays = new NDList();
        tensors.forEach(tensor -> arrays.add(Weights.array(manager, tensor)));
        return arrays;
    }
}
