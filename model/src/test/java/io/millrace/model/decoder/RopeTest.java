package io.millrace.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.RopeScaling;
import io.millrace.model.torch.Torch;
import org.junit.jupiter.api.Test;

class RopeTest {

    /** Llama 3.2 1B's rotary embedding, over few positions. */
    private static ModelConfig llama32(RopeScaling scaling) {
        return new ModelConfig(
                Family.LLAMA, 128, 2048, 16, 32, 8, 64, 8192, 1e-5, 500_000, scaling, 64, true);
    }

    @Test
    void llama3KeepsShortWavesDividesLongOnesAndMixesThoseBetween() {
        double[] plain = Rope.frequencies(llama32(new RopeScaling.None()));
        double[] stretched = Rope.frequencies(llama32(new RopeScaling.Llama3(32, 1, 4, 8192)));

        int kept = 0;
        int mixed = 0;
        int divided = 0;
        for (int i = 0; i < 32; i++) {
            double frequency = 1 / Math.pow(500_000, i / 32.0);
            assertThat(plain[i]).isCloseTo(frequency, within(1e-15));
            double wavelength = 2 * Math.PI / frequency;
            double expected;
            if (wavelength < 8192 / 4.0) {
                expected = frequency;
                kept++;
            } else if (wavelength > 8192 / 1.0) {
                expected = frequency / 32;
                divided++;
            } else {
                double smooth = (8192 / wavelength - 1) / (4 - 1);
                expected = (1 - smooth) * frequency / 32 + smooth * frequency;
                mixed++;
            }
            assertThat(stretched[i]).isCloseTo(expected, within(1e-12 * expected));
        }
        assertThat(new int[] {kept, mixed, divided}).containsExactly(15, 3, 14);
    }

    @Test
    void theEndsOfTheBandMeetWhatLiesBeyondThem() {
        RopeScaling scaling = new RopeScaling.Llama3(8, 1, 4, 8192);
        double shortest = 2 * Math.PI / 2048;
        double longest = 2 * Math.PI / 8192;

        assertThat(scaling.stretched(shortest)).isCloseTo(shortest, within(1e-12));
        assertThat(scaling.stretched(longest)).isCloseTo(longest / 8, within(1e-12));
    }

    @Test
    void linearDividesEveryFrequency() {
        double[] plain = Rope.frequencies(llama32(new RopeScaling.None()));
        double[] stretched = Rope.frequencies(llama32(new RopeScaling.Linear(4)));

        for (int i = 0; i < plain.length; i++) {
            assertThat(stretched[i]).isEqualTo(plain[i] / 4);
        }
    }

    @Test
    void theTablesHoldEachPositionsAngleForBothHalves() {
        ModelConfig config = llama32(new RopeScaling.Llama3(32, 1, 4, 8192));
        double[] frequencies = Rope.frequencies(config);
        double scale = Math.pow(64, -0.25);

        try (NDManager manager = Torch.manager()) {
            Rope rope = Rope.of(manager, config);
            float[] cos = rope.cos().toFloatArray();
            float[] sin = rope.sin().toFloatArray();
            for (int i = 0; i < 32; i++) {
                double angle = 63 * frequencies[i];
                assertThat(cos[63 * 64 + i])
                        .isCloseTo((float) (scale * Math.cos(angle)), within(1e-6f));
                assertThat(cos[63 * 64 + 32 + i]).isEqualTo(cos[63 * 64 + i]);
                assertThat(sin[63 * 64 + 32 + i])
                        .isCloseTo((float) (scale * Math.sin(angle)), within(1e-6f));
                assertThat(sin[63 * 64 + i]).isEqualTo(-sin[63 * 64 + 32 + i]);
            }
        }
    }
}
