package io.millrace.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.TinyModel;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.torch.Script;
import io.millrace.model.torch.Torch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the program leaves out of an adapter's input. */
class DropoutTest {

    private static final int ROWS = 3;
    private static final int INPUTS = 16;
    private static final int OUTPUTS = 4;
    private static final int RANK = 2;

    /** A draw as a step makes it, and the adapter without dropout. */
    private static final String DRAW =
            """
              def draw(self: $SELF, y: Tensor, x: Tensor, a: Tensor, b: Tensor, seed: Tensor) -> Tensor:
                return (self).adapt(y, x, [a], [b], torch.Generator(device=ops.prim.device(x), seed=int(seed)), )
              def whole(self: $SELF, y: Tensor, x: Tensor, a: Tensor, b: Tensor) -> Tensor:
                return (self).adapt(y, x, [a], [b], None, )
            """
                    .replace("$SELF", Script.SELF);

    private final NDManager manager = Torch.manager();
    private final Script program = Script.compile(manager, text(0.25) + DRAW);
    private final SplittableRandom random = new SplittableRandom(3);
    private final NDArray y = gaussian(ROWS, OUTPUTS);
    private final NDArray x = gaussian(ROWS, INPUTS);
    private final NDArray a = gaussian(RANK, INPUTS);
    private final NDArray b = gaussian(OUTPUTS, RANK);

    @AfterEach
    void closeManager() {
        program.close();
        manager.close();
    }

    private static String text(double share) {
        return TrainingProgram.adapters(
                TinyModel.config(),
                new Trainable.AdapterTraining(
                        Precision.F32,
                        LoraConfig.allLinear(RANK, 4).targets(),
                        2,
                        new Trainable.Dropout(share, 0),
                        0.01));
    }

    private NDArray gaussian(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return manager.create(values, new Shape(rows, columns));
    }

    private float[] draw(long seed) {
        try (NDManager scratch = manager.newSubManager()) {
            NDList drawn = program.run(scratch, "draw", y, x, a, b, scratch.create(seed));
            return drawn.singletonOrThrow().toFloatArray();
        }
    }

    private float[] whole() {
        return program.run(manager, "whole", y, x, a, b).singletonOrThrow().toFloatArray();
    }

    @Test
    void theMeanOfManyDrawsIsTheAdapterWithoutDropout() {
        int draws = 20_000;
        double[] mean = new double[ROWS * OUTPUTS];
        double[] square = new double[ROWS * OUTPUTS];
        for (int draw = 0; draw < draws; draw++) {
            float[] drawn = draw(draw);
            for (int i = 0; i < drawn.length; i++) {
                mean[i] += drawn[i] / (double) draws;
                square[i] += drawn[i] * (double) drawn[i] / draws;
            }
        }

        float[] whole = whole();
        for (int i = 0; i < whole.length; i++) {
            double deviation = Math.sqrt(square[i] - mean[i] * mean[i]);
            assertThat(deviation).isGreaterThan(0.1);
            assertThat(mean[i]).isCloseTo(whole[i], within(5 * deviation / Math.sqrt(draws)));
        }
    }

    @Test
    void aSeedDecidesWhatIsLeftOut() {
        assertThat(draw(-7)).isEqualTo(draw(-7));
        assertThat(draw(-7)).isNotEqualTo(draw(8));
    }

    @Test
    void theShareThatIsLeftOutIsTheOneAskedFor() {
        NDArray one = manager.ones(new Shape(1000, 100));
        NDArray none = manager.zeros(new Shape(1000, 100));
        NDArray identity = manager.eye(100);
        float[] drawn =
                program.run(manager, "draw", none, one, identity, identity, manager.create(5L))
                        .singletonOrThrow()
                        .toFloatArray();

        float kept = 2 / 0.75f;
        assertThat(Arrays.equals(drawn, new float[drawn.length])).isFalse();
        int left = 0;
        for (float value : drawn) {
            left += value == 0 ? 1 : 0;
            assertThat(value == 0 || Math.abs(value - kept) < 1e-5).isTrue();
        }
        assertThat(left / 100_000.0).isCloseTo(0.25, within(0.01));
    }

    @Test
    void withoutDropoutTheProgramHasNone() {
        assertThat(text(0)).doesNotContain("Generator").doesNotContain("masks");
        assertThat(text(0.25)).doesNotContain("$");
    }
}
