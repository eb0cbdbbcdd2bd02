package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.config.ModelException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SamplerTest {

    /** Of probabilities 0.5, 0.25, 0.15, 0.1 at temperature 1. */
    private static float[] logits() {
        return new float[] {log(0.15), log(0.5), log(0.1), log(0.25)};
    }

    private static float log(double probability) {
        return (float) Math.log(probability);
    }

    private static GenerationOptions options(double temperature, int topK, double topP) {
        return new GenerationOptions(1, temperature, topK, topP, 1, List.of(), 5);
    }

    private static Map<Integer, Double> shares(GenerationOptions options) {
        int draws = 20_000;
        Sampler sampler = new Sampler(options, new int[0], 0);
        return IntStream.range(0, draws)
                .mapToObj(i -> sampler.next(logits()))
                .collect(
                        Collectors.groupingBy(
                                Function.identity(), Collectors.summingDouble(t -> 1.0 / draws)));
    }

    @Test
    void tokensAreDrawnAsOftenAsTheirProbabilitySays() {
        Map<Integer, Double> shares = shares(options(1, 0, 1));

        assertThat(shares.get(1)).isCloseTo(0.5, within(0.02));
        assertThat(shares.get(3)).isCloseTo(0.25, within(0.02));
        assertThat(shares.get(0)).isCloseTo(0.15, within(0.02));
        assertThat(shares.get(2)).isCloseTo(0.1, within(0.02));
    }

    @Test
    void aTemperatureSharpensTheDistribution() {
        // p^2 over its sum: 0.25 of 0.345.
        assertThat(shares(options(0.5, 0, 1)).get(1)).isCloseTo(0.25 / 0.345, within(0.02));
    }

    @Test
    void onlyTheLikeliestSoManyAreDrawn() {
        Map<Integer, Double> shares = shares(options(1, 2, 1));

        assertThat(shares).containsOnlyKeys(1, 3);
        assertThat(shares.get(1)).isCloseTo(2.0 / 3, within(0.02));
    }

    @Test
    void theNucleusIsTheFewestTokensThatHoldTheMass() {
        assertThat(shares(options(1, 0, 0.5))).containsOnlyKeys(1);
        assertThat(shares(options(1, 0, 0.51))).containsOnlyKeys(1, 3);
        assertThat(shares(options(1, 0, 0.8))).containsOnlyKeys(1, 3, 0);
        assertThat(shares(options(1, 0, 0.95))).containsOnlyKeys(1, 3, 0, 2);
    }

    @Test
    void theNucleusIsOfWhatTheLikeliestLeave() {
        // Of three tokens the two likeliest hold 0.75 of 0.9.
        assertThat(shares(options(1, 3, 0.8))).containsOnlyKeys(1, 3);
    }

    @Test
    void whatWasSaidIsPenalised() {
        GenerationOptions options = new GenerationOptions(1, 0, 0, 1, 2, List.of(), 0);

        // Positive logits are divided, negative ones multiplied.
        assertThat(new Sampler(options, new int[] {1}, 0).next(new float[] {2, 3, -4})).isZero();
        assertThat(new Sampler(options, new int[] {0}, 0).next(new float[] {-2, -3})).isOne();

        Sampler twice = new Sampler(options, new int[0], 0);
        assertThat(twice.next(new float[] {2, 3, -4})).isOne();
        assertThat(twice.next(new float[] {2, 3, -4})).isZero();
    }

    @Test
    void answersOfABatchAreDrawnApart() {
        GenerationOptions options = options(1, 0, 1);
        List<List<Integer>> drawn =
                IntStream.range(0, 3)
                        .mapToObj(place -> new Sampler(options, new int[0], place))
                        .map(sampler ->
                                IntStream.range(0, 30)
                                        .mapToObj(i -> sampler.next(logits()))
                                        .toList())
                        .toList();

        assertThat(drawn).doesNotHaveDuplicates();
    }

    @Test
    void brokenLogitsAreRefused() {
        Sampler sampler = new Sampler(options(1, 0, 1), new int[0], 0);

        assertThatThrownBy(() -> sampler.next(new float[] {0, Float.NaN}))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("weights are broken");
    }
}
