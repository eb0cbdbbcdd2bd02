package io.millrace.trainer.training;

import static io.millrace.trainer.Given.NOON;
import static io.millrace.trainer.Given.example;
import static io.millrace.trainer.Given.examples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.schemas.Example;
import io.millrace.schemas.TrainingProgress;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.training.Sequences.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SftRunTest {

    private final List<TrainingProgress> told = new ArrayList<>();

    @TempDir Path adapter;
    @TempDir Path other;

    @Test
    void everyEpochGoesOnceThroughTheDataset() {
        FakeBase base = FakeBase.learning();

        RunResult result = run(base).train(spec(examples("e", 100), 3), adapter);

        assertThat(result).isInstanceOf(RunResult.Trained.class);
        assertThat(base.steps()).isPositive().satisfies(steps -> assertThat(steps % 3).isZero());
        assertThat(adapter).isNotEmptyDirectory();
        assertThat(base.closed()).isTrue();
    }

    @Test
    void theSameRunMakesTheSameBytes() {
        run(FakeBase.learning()).train(spec(examples("e", 100), 3), adapter);
        run(FakeBase.learning()).train(spec(examples("e", 100), 3), other);

        assertThat(ArtefactStore.digestOf(other)).isEqualTo(ArtefactStore.digestOf(adapter));
    }

    @ParameterizedTest
    @CsvSource({"0, 10", "0.5, 5", "0.95, 1", "1, 0"})
    void theAdapterIsAveragedOverTheLastStepsAlone(double from, int averaged) throws IOException {
        TrainingConfig config =
                TrainingConfig.defaults()
                        .overriddenBy("{\"epochs\": 10, \"averageFrom\": %s}".formatted(from));
        RunSpec spec = spec(List.of(example("a", "one")), config);

        run(FakeBase.learning()).train(spec, adapter);

        String diary = Files.readString(adapter.resolve("adapter_model.safetensors"));
        assertThat(diary.lines().filter("averaged"::equals)).hasSize(averaged);
        assertThat(diary.endsWith("averaged\n")).isEqualTo(averaged > 0);
    }

    @Test
    void theLossIsThatOfTheLastEpoch() {
        FakeBase base = FakeBase.learning();

        RunResult.Trained trained =
                (RunResult.Trained) run(base).train(spec(List.of(example("a", "one")), 4), adapter);

        assertThat(trained.trainLoss()).isEqualTo(1.0 / 4);
        assertThat(trained.lossCurve()).containsExactly(1.0, 1.0 / 2, 1.0 / 3, 1.0 / 4);
    }

    @Test
    void aLongRunHasALossCurveOfAtMostAHundredPoints() {
        RunResult.Trained trained =
                (RunResult.Trained)
                        run(FakeBase.learning())
                                .train(spec(List.of(example("a", "one")), 950), adapter);

        assertThat(trained.lossCurve())
                .hasSize(95)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void progressIsToldEveryHalfSecondAndAtTheEnd() {
        run(FakeBase.learning()).train(spec(List.of(example("a", "one")), 12), adapter);

        assertThat(told).extracting(TrainingProgress::step).containsExactly(5, 10, 12);
        assertThat(told).extracting(TrainingProgress::totalSteps).containsOnly(12);
        TrainingProgress first = told.getFirst();
        assertThat(first.epoch()).isEqualTo(5.0);
        assertThat(first.loss())
                .isCloseTo((1 + 1 / 2.0 + 1 / 3.0 + 1 / 4.0 + 1 / 5.0) / 5, within(1e-12));
        assertThat(first.tokensPerSecond())
                .isCloseTo(5 * 14 / 0.5, within(1e-9)); // "what of a?" "one" end
        assertThat(first.responseShare()).isCloseTo(4 / 14.0, within(1e-12));
    }

    @Test
    void anExampleThatIsTooLongIsRefusedByName() {
        RunResult result =
                run(FakeBase.withContext(20))
                        .train(
                                spec(
                                        List.of(
                                                example("short", "yes"),
                                                example("long", "y".repeat(20))),
                                        1),
                                adapter);

        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Trained.class,
                        trained ->
                                assertThat(trained.refusals())
                                        .isEqualTo(
                                                "1 refused: long is 34 tokens long, the limit is 20"));
    }

    @Test
    void anExampleThatLeavesNoResponseTokenIsRefusedByName() {
        FakeBase base = FakeBase.learning();

        RunResult result = run(base).train(spec(List.of(example("mute", "!")), 1), adapter);

        assertThat(result)
                .isEqualTo(
                        new RunResult.Untrainable(
                                "1 refused: mute has no response token but the end"));
        assertThat(base.steps()).isZero();
        assertThat(adapter).isEmptyDirectory();
    }

    @Test
    void anExampleThatTheChatFormatHasNoPlaceForIsRefusedByName() {
        List<Example> examples = List.of(example("good", "yes"), example("odd", "!out of turn"));

        RunResult result = run(FakeBase.learning()).train(spec(examples, 1), adapter);

        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Trained.class,
                        trained ->
                                assertThat(trained.refusals())
                                        .isEqualTo(
                                                "1 refused: odd has no place in the chat format: messages[0]: the user begins"));
    }

    @Test
    void ofManyRefusedExamplesAFewAreNamed() {
        RunResult result = run(FakeBase.withContext(5)).train(spec(examples("e", 12), 1), adapter);

        assertThat(result)
                .isInstanceOfSatisfying(
                        RunResult.Untrainable.class,
                        untrainable ->
                                assertThat(untrainable.reason())
                                        .startsWith("12 refused: e0 is")
                                        .endsWith("; and 7 more"));
    }

    @Test
    void aLossThatIsNoNumberEndsTheRunAndNothingIsSaved() {
        FakeBase base = FakeBase.divergingAt(2);

        RunResult result = run(base).train(spec(List.of(example("a", "one")), 9), adapter);

        assertThat(result)
                .isEqualTo(
                        new RunResult.Failed(
                                "loss NaN with gradient norm 0.5 at step 2 of 9: lower learningRate (now 0.002)"));
        assertThat(base.steps()).isEqualTo(2);
        assertThat(base.closed()).isTrue();
        assertThat(adapter).isEmptyDirectory();
    }

    @Test
    void aClosingServiceGivesTheRunUpBetweenTwoSteps() {
        FakeBase base = FakeBase.learning();
        SftRun run = new SftRun(base, Clock.systemUTC(), told::add, () -> base.steps() == 3);

        RunResult result = run.train(spec(List.of(example("a", "one")), 9), adapter);

        assertThat(result).isEqualTo(new RunResult.Abandoned());
        assertThat(base.steps()).isEqualTo(3);
        assertThat(base.closed()).isTrue();
        assertThat(adapter).isEmptyDirectory();
    }

    @Test
    @Timeout(value = 15, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aClosingServiceGivesUpARunWhoseBatchesAreBeingCounted() {
        FakeBase base = FakeBase.learning();
        AtomicInteger asked = new AtomicInteger();
        SftRun run =
                new SftRun(
                        base, Clock.systemUTC(), told::add, () -> asked.incrementAndGet() == 1000);

        RunResult result = run.train(spec(List.of(example("a", "one")), 1_000_000_000), adapter);

        assertThat(result).isEqualTo(new RunResult.Abandoned());
        assertThat(base.steps()).isZero();
        assertThat(adapter).isEmptyDirectory();
    }

    @Test
    void littleIsPaddedOnceWordsAreLeftOut() {
        List<Sequence> sequences = new ArrayList<>();
        FakeBase base = FakeBase.learning();
        List<ChatMessage> prompt = List.of(ChatMessage.user("word ".repeat(20)));
        for (int i = 0; i < 400; i++) {
            sequences.add(new Sequence(prompt, "yes", base.encode(prompt, "yes")));
        }

        List<List<Tokens>> epoch =
                new Epochs(sequences, new WordDropout(0.5, base), new Batches(2048), 1).epoch(0);

        int real = epoch.stream().flatMap(List::stream).mapToInt(Tokens::length).sum();
        int padded =
                epoch.stream()
                        .mapToInt(batch ->
                                batch.size()
                                        * batch.stream()
                                                .mapToInt(Tokens::length)
                                                .max()
                                                .orElseThrow())
                        .sum();
        assertThat(padded).isLessThan(real * 11 / 10);
    }

    private SftRun run(FakeBase base) {
        return new SftRun(base, new SlowClock(), told::add, () -> false);
    }

    private static RunSpec spec(List<Example> examples, int epochs) {
        TrainingConfig config =
                TrainingConfig.defaults()
                        .overriddenBy(
                                """
                                {"epochs": %d, "tokensPerBatch": 64, "learningRate": 0.002, "wordDropout": 0}
                                """
                                        .formatted(epochs));
        return spec(examples, config);
    }

    private static RunSpec spec(List<Example> examples, TrainingConfig config) {
        return new RunSpec(
                new WindowId("w1"), new Dataset(examples, examples.size(), 0, 0), null, config, 1);
    }

    /** A tenth of a second passes between two looks at it. */
    private static final class SlowClock extends Clock {

        private Instant now = NOON;

        @Override
        public Instant instant() {
            Instant seen = now;
            now = now.plusMillis(100);
            return seen;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
