package io.millrace.trainer.dataset;

import static io.millrace.trainer.Given.example;
import static io.millrace.trainer.Given.examples;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Example;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.WindowId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetBuilderTest {

    @Test
    void theLatestRevisionOfAnExampleIsLearned() {
        Dataset dataset =
                builder(1)
                        .build(
                                window(
                                        2,
                                        example("a", "first", "ann", 1),
                                        example("a", "second", "ann", 2)),
                                List.of());

        assertThat(dataset.examples()).extracting(Example::answer).containsExactly("second");
    }

    @Test
    void aRevisionInThisWindowReplacesTheOneThatWasLearnedBefore() {
        Dataset dataset =
                builder(10)
                        .build(
                                window(2, example("a", "revised", "ann", 1)),
                                List.of(window(1, example("a", "old", "ann", 0))));

        assertThat(dataset.examples()).extracting(Example::answer).containsExactly("revised");
        assertThat(dataset.fresh()).isEqualTo(1);
        assertThat(dataset.replayed()).isZero();
    }

    @Test
    void aStaleRevisionDoesNotReplaceALaterOne() {
        Dataset dataset =
                builder(10)
                        .build(
                                window(2, example("a", "stale", "ann", 0), example("b", "new")),
                                List.of(window(1, example("a", "latest", "ann", 1))));

        assertThat(dataset.examples())
                .extracting(Example::answer)
                .containsExactlyInAnyOrder("latest", "new");
        assertThat(dataset.fresh()).isEqualTo(1);
    }

    @Test
    void thePersonWhoAskedToBeForgottenIsInNoPartOfIt() {
        DatasetBuilder builder = new DatasetBuilder(10, Set.of(new PrincipalId("bob")), 1);

        Dataset dataset =
                builder.build(
                        window(2, example("a", "hers"), example("b", "his", "bob", 0)),
                        List.of(
                                window(
                                        1,
                                        example("c", "his too", "bob", 0),
                                        example("d", "hers"))));

        assertThat(dataset.examples())
                .extracting(example -> example.principal().value())
                .containsExactly("ann", "ann");
        assertThat(dataset.erased()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.25, 10", "1, 40", "2, 50", "1000, 50"})
    void replayIsAShareOfTheFreshExamplesCappedByWhatThereIs(double ratio, int replayed) {
        Dataset dataset =
                builder(ratio)
                        .build(
                                new WindowExamples(new WindowId("w2"), examples("fresh-", 40)),
                                List.of(
                                        new WindowExamples(
                                                new WindowId("w1"), examples("old-", 50))));

        assertThat(dataset.replayed()).isEqualTo(replayed);
        assertThat(dataset.examples())
                .hasSize(40 + replayed)
                .filteredOn(example -> example.exampleId().value().startsWith("old-"))
                .hasSize(replayed);
    }

    @Test
    void replayDrawsFromEveryEarlierWindow() {
        Dataset dataset =
                builder(1)
                        .build(
                                new WindowExamples(new WindowId("w3"), examples("c", 100)),
                                List.of(
                                        new WindowExamples(new WindowId("w1"), examples("a", 100)),
                                        new WindowExamples(
                                                new WindowId("w2"), examples("b", 100))));

        assertThat(dataset.examples())
                .extracting(example -> example.exampleId().value().substring(0, 1))
                .contains("a", "b", "c");
    }

    @Test
    void aWindowWithoutExamplesReplaysNothing() {
        Dataset dataset = builder(1).build(window(2), List.of(window(1, example("a", "old"))));

        assertThat(dataset.examples()).isEmpty();
    }

    @Test
    void theOrderInWhichPartitionsAreReadDoesNotShow() {
        List<Example> shuffled = new ArrayList<>(examples("e", 100));
        Collections.shuffle(shuffled, new Random(7));

        Dataset one =
                builder(1)
                        .build(
                                new WindowExamples(new WindowId("w1"), examples("e", 100)),
                                List.of());
        Dataset other =
                builder(1).build(new WindowExamples(new WindowId("w1"), shuffled), List.of());

        assertThat(other.sha256()).isEqualTo(one.sha256());
    }

    @Test
    void anotherSeedIsAnotherOrderAndAnotherDraw() {
        WindowExamples fresh = new WindowExamples(new WindowId("w2"), examples("fresh-", 40));
        List<WindowExamples> past =
                List.of(new WindowExamples(new WindowId("w1"), examples("old-", 400)));

        Dataset one = new DatasetBuilder(1, Set.of(), 1).build(fresh, past);
        Dataset two = new DatasetBuilder(1, Set.of(), 2).build(fresh, past);

        assertThat(two.sha256()).isNotEqualTo(one.sha256());
        assertThat(Set.copyOf(two.examples())).isNotEqualTo(Set.copyOf(one.examples()));
    }

    private static DatasetBuilder builder(double replayRatio) {
        return new DatasetBuilder(replayRatio, Set.of(), 1);
    }

    private static WindowExamples window(int sequence, Example... examples) {
        return new WindowExamples(new WindowId("w" + sequence), List.of(examples));
    }
}
