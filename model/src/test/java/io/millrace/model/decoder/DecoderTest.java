package io.millrace.model.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.millrace.model.TinyModel;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.RopeScaling;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DecoderTest {

    private static final List<int[]> PROMPTS =
            List.of(new int[] {5, 60, 61, 7, 200, 9, 60}, new int[] {17}, new int[] {99, 300, 4});
    private static final int[][] CONTINUATIONS = {{11, 12, 13, 14}, {60, 60, 60, 60}, {7, 0, 8, 2}};

    private final NDManager manager = Torch.manager();

    @AfterEach
    void closeManager() {
        manager.close();
    }

    static Stream<ModelConfig> shapes() {
        return Stream.of(
                TinyModel.config(),
                // Untied, every head its own keys, heads together wider than the stream.
                new ModelConfig(320, 24, 2, 3, 3, 10, 40, 1e-6, 500, 64, false),
                // All heads over one key head, three blocks.
                new ModelConfig(320, 32, 3, 4, 1, 6, 20, 1e-5, 1_000_000, 32, true),
                TinyModel.config(Family.LLAMA),
                TinyModel.config(Family.MISTRAL),
                TinyModel.config(Family.QWEN2),
                TinyModel.config(Family.QWEN3),
                stretchedLinearly(Family.QWEN2, 1, true),
                stretchedLinearly(Family.QWEN3, 3, false));
    }

    private static ModelConfig stretchedLinearly(Family family, int kvHeads, boolean tied) {
        return new ModelConfig(
                family,
                TinyModel.VOCABULARY,
                32,
                3,
                3,
                kvHeads,
                10,
                20,
                1e-6,
                1_000_000,
                new RopeScaling.Linear(4),
                32,
                tied);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void prefillAndDecodeAgreeWithTheReference(ModelConfig config) {
        List<Tensor> weights = TinyModel.weights(config, 1);
        ReferenceDecoder reference = new ReferenceDecoder(config, weights);
        Decoder decoder = new Decoder(manager, config, Precision.F32);

        try (Decoder.Weighting weighting = decoder.weighting(arrays(weights));
                Decoder.Session session = decoder.session(weighting, 3, 12)) {
            assertRowsAgree(session.prefill(PROMPTS), reference, 0, 1e-4);
            for (int fed = 1; fed <= 4; fed++) {
                float[] logits = session.decode(column(fed - 1));
                assertRowsAgree(logits, reference, fed, 1e-4);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void bfloat16StaysWithinItsRounding(Family family) {
        ModelConfig config = TinyModel.config(family);
        List<Tensor> weights = TinyModel.weights(config, 1);
        ReferenceDecoder reference = new ReferenceDecoder(config, weights);
        Decoder decoder = new Decoder(manager, config, Precision.BF16);

        try (Decoder.Weighting weighting = decoder.weighting(arrays(weights));
                Decoder.Session session = decoder.session(weighting, 3, 12)) {
            // Logits are of order 1; a bfloat16 keeps 8 bits, and errors add over two blocks.
            assertRowsAgreeOnTheWhole(session.prefill(PROMPTS), reference, 0, 0.04);
            assertRowsAgreeOnTheWhole(session.decode(column(0)), reference, 1, 0.04);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aPromptIsAnsweredAloneAsInABatch(Family family) {
        ModelConfig config = TinyModel.config(family);
        Decoder decoder = new Decoder(manager, config, Precision.F32);

        try (Decoder.Weighting weighting = decoder.weighting(arrays(TinyModel.weights(config, 2)));
                Decoder.Session batch = decoder.session(weighting, 3, 12);
                Decoder.Session alone = decoder.session(weighting, 1, 12)) {
            float[] together = batch.prefill(PROMPTS);
            float[] single = alone.prefill(PROMPTS.subList(2, 3));
            assertThat(row(together, 2)).containsExactly(single, within(1e-5f));
            assertThat(row(batch.decode(new int[] {1, 2, 3}), 2))
                    .containsExactly(alone.decode(new int[] {3}), within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void decodingTokenByTokenIsReadingThemAtOnce(Family family) {
        ModelConfig config = TinyModel.config(family);
        Decoder decoder = new Decoder(manager, config, Precision.F32);

        try (Decoder.Weighting weighting = decoder.weighting(arrays(TinyModel.weights(config, 7)));
                Decoder.Session cached = decoder.session(weighting, 3, 12);
                Decoder.Session whole = decoder.session(weighting, 3, 12)) {
            cached.prefill(PROMPTS);
            float[] logits = {};
            for (int fed = 0; fed < 4; fed++) {
                logits = cached.decode(column(fed));
            }
            List<int[]> sequences =
                    IntStream.range(0, 3).mapToObj(row -> sequence(row, 4)).toList();
            assertThat(logits).containsExactly(whole.prefill(sequences), within(1e-5f));
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void whatLiesBehindAShortPromptHasNoInfluence(Family family) {
        ModelConfig config = TinyModel.config(family);
        Decoder decoder = new Decoder(manager, config, Precision.F32);
        List<int[]> other =
                List.of(new int[] {8, 8, 8, 8, 8, 8, 8}, PROMPTS.get(1), PROMPTS.get(2));

        try (Decoder.Weighting weighting = decoder.weighting(arrays(TinyModel.weights(config, 3)));
                Decoder.Session first = decoder.session(weighting, 3, 12);
                Decoder.Session second = decoder.session(weighting, 3, 12)) {
            float[] beside = first.prefill(PROMPTS);
            float[] besideOther = second.prefill(other);
            assertThat(row(besideOther, 1)).isEqualTo(row(beside, 1));
            assertThat(row(besideOther, 0)).isNotEqualTo(row(beside, 0));
            assertThat(row(second.decode(new int[] {8, 6, 7}), 1))
                    .isEqualTo(row(first.decode(new int[] {9, 6, 5}), 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aTokenMeansSomethingElseAtAnotherPosition(Family family) {
        ModelConfig config = TinyModel.config(family);
        Decoder decoder = new Decoder(manager, config, Precision.F32);

        try (Decoder.Weighting weighting = decoder.weighting(arrays(TinyModel.weights(config, 3)));
                Decoder.Session session = decoder.session(weighting, 2, 12)) {
            float[] logits = session.prefill(List.of(new int[] {5, 6, 7}, new int[] {6, 5, 7}));
            assertThat(row(logits, 0)).isNotEqualTo(row(logits, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aFullRowLeavesTheOthersAlone(Family family) {
        ModelConfig config = TinyModel.config(family);
        List<Tensor> weights = TinyModel.weights(config, 4);
        ReferenceDecoder reference = new ReferenceDecoder(config, weights);
        Decoder decoder = new Decoder(manager, config, Precision.F32);

        try (Decoder.Weighting weighting = decoder.weighting(arrays(weights));
                Decoder.Session session = decoder.session(weighting, 3, 8)) {
            session.prefill(PROMPTS); // 7, 1 and 3 of 8 tokens
            float[] logits = {};
            for (int fed = 0; fed < 4; fed++) {
                logits = session.decode(column(fed));
            }
            for (int row = 1; row < 3; row++) {
                assertAgrees(row(logits, row), reference.nextLogits(sequence(row, 4)), 1e-4);
            }
        }
    }

    @Test
    void sessionsOfOneDecoderKeepTheirWeightsApart() {
        ModelConfig config = TinyModel.config();
        List<Tensor> one = TinyModel.weights(config, 5);
        List<Tensor> two = TinyModel.weights(config, 6);
        Decoder decoder = new Decoder(manager, config, Precision.F32);

        try (Decoder.Weighting first = decoder.weighting(arrays(one));
                Decoder.Weighting second = decoder.weighting(arrays(two));
                Decoder.Session a = decoder.session(first, 3, 12);
                Decoder.Session b = decoder.session(second, 3, 12)) {
            float[] fromA = a.prefill(PROMPTS);
            float[] fromB = b.prefill(PROMPTS);
            assertRowsAgree(fromA, new ReferenceDecoder(config, one), 0, 1e-4);
            assertRowsAgree(fromB, new ReferenceDecoder(config, two), 0, 1e-4);
        }
    }

    private NDList arrays(List<Tensor> tensors) {
        NDList arrays = new NDList();
        tensors.forEach(tensor -> arrays.add(Weights.array(manager, tensor)));
        return arrays;
    }

    private static int[] column(int at) {
        return Arrays.stream(CONTINUATIONS).mapToInt(row -> row[at]).toArray();
    }

    /** A prompt and the tokens fed after it. */
    private static int[] sequence(int row, int fed) {
        return IntStream.concat(
                        Arrays.stream(PROMPTS.get(row)), Arrays.stream(CONTINUATIONS[row], 0, fed))
                .toArray();
    }

    private static float[] row(float[] logits, int row) {
        return Arrays.copyOfRange(
                logits, row * TinyModel.VOCABULARY, (row + 1) * TinyModel.VOCABULARY);
    }

    private static void assertRowsAgree(
            float[] logits, ReferenceDecoder reference, int fed, double tolerance) {
        for (int row = 0; row < PROMPTS.size(); row++) {
            assertAgrees(row(logits, row), reference.nextLogits(sequence(row, fed)), tolerance);
        }
    }

    /** By the root of the mean square: one of a thousand may well be four times as far off. */
    private static void assertRowsAgreeOnTheWhole(
            float[] logits, ReferenceDecoder reference, int fed, double tolerance) {
        for (int row = 0; row < PROMPTS.size(); row++) {
            float[] found = row(logits, row);
            double[] expected = reference.nextLogits(sequence(row, fed));
            double squares =
                    IntStream.range(0, expected.length)
                            .mapToDouble(i -> Math.pow(found[i] - expected[i], 2))
                            .average()
                            .orElseThrow();
            assertThat(Math.sqrt(squares)).isLessThan(tolerance);
        }
    }

    private static void assertAgrees(float[] logits, double[] expected, double tolerance) {
        double[] found = IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
        assertThat(found).containsExactly(expected, within(tolerance));
    }
}
