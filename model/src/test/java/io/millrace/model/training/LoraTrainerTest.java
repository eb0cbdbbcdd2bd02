package io.millrace.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.Adapter;
import io.millrace.model.LanguageModel;
import io.millrace.model.TinyModel;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.ReferenceDecoder;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.lora.LoraFiles;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoraTrainerTest {

    private static final LoraConfig LORA = LoraConfig.allLinear(4, 8);
    private static final ModelConfig CONFIG =
            // A context that is no multiple of what batches are rounded up to.
            new ModelConfig(TinyModel.VOCABULARY, 32, 2, 4, 2, 8, 48, 1e-5, 10_000, 51, true);

    /** Losses are of order 5; products in bfloat16 keep 8 bits. */
    private static final double BFLOAT16 = 0.03;

    @TempDir static Path base;
    @TempDir Path directory;

    private static LanguageModel model;
    private static List<Tokens> batch;

    @BeforeAll
    static void openModel() {
        model = LanguageModel.open(TinyModel.write(base, CONFIG, 11));
        batch = Toy.batch(model);
    }

    @AfterAll
    static void closeModel() {
        model.close();
    }

    private static LoraTrainer start(@Nullable Path parent, LoraConfig lora, long seed) {
        return LoraTrainer.start(model, parent, lora, seed);
    }

    /** Trains on the toy task from the base, and saves. */
    private Path trained(String name, LoraConfig lora, long seed, int steps) {
        Path saved = directory.resolve(name);
        try (LoraTrainer trainer = start(null, lora, seed)) {
            for (int i = 0; i < steps; i++) {
                trainer.step(batch, 0.01);
            }
            Files.createDirectory(saved);
            trainer.save(saved);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return saved;
    }

    @Test
    void trainingBeginsAtTheBasesOwnLoss() {
        double expected = new ReferenceDecoder(CONFIG, TinyModel.weights(CONFIG, 11)).loss(batch);

        try (LoraTrainer trainer = start(null, LORA, 1)) {
            assertThat(trainer.loss(batch)).isCloseTo(expected, within(BFLOAT16));
            assertThat(trainer.step(batch, 0.01).loss()).isCloseTo(expected, within(BFLOAT16));
            assertThat(trainer.loss(batch)).isLessThan(expected);
        }
    }

    @Test
    void lossIsTakenOnTheResponseAlone() {
        ReferenceDecoder reference = new ReferenceDecoder(CONFIG, TinyModel.weights(CONFIG, 11));
        Tokens whole = batch.get(1);
        Tokens endAlone = new Tokens(whole.ids(), whole.length() - 1);

        try (LoraTrainer trainer = start(null, LORA, 1)) {
            for (List<Tokens> some : List.of(List.of(whole), List.of(endAlone))) {
                assertThat(trainer.loss(some)).isCloseTo(reference.loss(some), within(BFLOAT16));
            }
            StepResult step = trainer.step(batch, 0);
            assertThat(step.tokens()).isEqualTo(batch.stream().mapToInt(Tokens::length).sum());
            assertThat(step.responseTokens())
                    .isEqualTo(batch.stream().mapToInt(Tokens::responseLength).sum());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "q_proj,v_proj,o_proj", "gate_proj,up_proj,down_proj"})
    void aToyTaskIsLearntByHeart(String targets) {
        LoraConfig lora =
                targets.equals("all") ? LORA : new LoraConfig(4, 8, List.of(targets.split(",")));

        Path saved = trained("adapter", lora, 1, 60);

        try (Adapter adapter = model.loadAdapter(saved)) {
            assertThat(Toy.answers(model, adapter)).isEqualTo(Toy.ANSWERS);
        }
        assertThat(Toy.answers(model, null)).isNotEqualTo(Toy.ANSWERS);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void everyFamilyLearnsByAdaptersOfTheSameNames(Family family) throws IOException {
        ModelConfig config = TinyModel.config(family);
        Path saved = Files.createDirectory(directory.resolve("adapter"));

        try (LanguageModel other =
                LanguageModel.open(TinyModel.write(directory.resolve("tiny"), config, 11))) {
            try (LoraTrainer trainer = LoraTrainer.start(other, null, LORA, 1)) {
                IntStream.range(0, 60).forEach(i -> trainer.step(Toy.batch(other), 0.01));
                trainer.save(saved);
            }
            try (Adapter adapter = other.loadAdapter(saved)) {
                assertThat(Toy.answers(other, adapter)).isEqualTo(Toy.ANSWERS);
            }
        }

        Set<String> llamas = tensors(trained("llama", LORA, 1, 1));
        assertThat(tensors(saved)).isEqualTo(llamas);
    }

    private static Set<String> tensors(Path adapter) {
        try (Safetensors file = Safetensors.open(weights(adapter))) {
            return Set.copyOf(file.names());
        }
    }

    @Test
    void whatIsAveragedIsSavedAsItsMean() throws IOException {
        List<Tensor> steps = new ArrayList<>();
        try (LoraTrainer trainer = start(null, LORA, 1)) {
            for (int i = 0; i < 3; i++) {
                trainer.step(batch, 0.01);
                Path now = Files.createDirectory(directory.resolve("step" + i));
                trainer.save(now);
                steps.addAll(LoraFiles.read(now, model.asBase()).tensors());
            }
        }
        Path saved = Files.createDirectory(directory.resolve("mean"));
        try (LoraTrainer trainer = start(null, LORA, 1)) {
            for (int i = 0; i < 3; i++) {
                trainer.step(batch, 0.01);
                trainer.average();
            }
            trainer.save(saved);
        }

        List<Tensor> mean = LoraFiles.read(saved, model.asBase()).tensors();
        for (int t = 0; t < mean.size(); t++) {
            for (int i = 0; i < mean.get(t).values().length; i++) {
                float expected = 0;
                for (int step = 0; step < 3; step++) {
                    expected += steps.get(step * mean.size() + t).values()[i] / 3;
                }
                assertThat(mean.get(t).values()[i]).isCloseTo(expected, within(1e-6f));
            }
        }
    }

    @Test
    void aShareOfTheAdapterThatItBeganFromIsMixedIn() throws IOException {
        Path parent = trained("parent", LORA, 1, 5);
        Path end = Files.createDirectory(directory.resolve("end"));
        Path mixed = Files.createDirectory(directory.resolve("mixed"));
        try (LoraTrainer trainer = start(parent, LORA, 1)) {
            IntStream.range(0, 5).forEach(i -> trainer.step(batch, 0.01));
            trainer.save(end);
            trainer.save(mixed, 0.25);
        }

        List<Tensor> starts = LoraFiles.read(parent, model.asBase()).tensors();
        List<Tensor> ends = LoraFiles.read(end, model.asBase()).tensors();
        List<Tensor> mixes = LoraFiles.read(mixed, model.asBase()).tensors();
        for (int t = 0; t < mixes.size(); t++) {
            for (int i = 0; i < mixes.get(t).values().length; i++) {
                float expected =
                        0.25f * starts.get(t).values()[i] + 0.75f * ends.get(t).values()[i];
                assertThat(mixes.get(t).values()[i]).isCloseTo(expected, within(1e-6f));
            }
        }
        assertThat(ends.getFirst().values()).isNotEqualTo(starts.getFirst().values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q_proj",
                "k_proj",
                "gate_proj,down_proj",
                "q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj"
            })
    void whatIsSavedIsWhatWasTrained(String targets) throws IOException {
        LoraConfig lora = new LoraConfig(4, 8, 0, true, List.of(targets.split(",")));
        Path saved = Files.createDirectory(directory.resolve("adapter"));
        double loss;
        try (LoraTrainer trainer = start(null, lora, 1)) {
            IntStream.range(0, 10).forEach(i -> trainer.step(batch, 0.01));
            loss = trainer.loss(batch);
            trainer.save(saved);
        }

        ReferenceDecoder reference =
                new ReferenceDecoder(CONFIG, TinyModel.weights(CONFIG, 11))
                        .adapt(LoraFiles.read(saved, model.asBase()));
        assertThat(reference.loss(batch)).isCloseTo(loss, within(BFLOAT16));
        try (Adapter adapter = model.loadAdapter(saved)) {
            assertThat(Toy.firstTokens(model, adapter))
                    .isEqualTo(Toy.firstTokens(model, base, reference));
        }
    }

    @Test
    void theSameSeedAndBatchesGiveTheSameBytesOnAnyThread() throws Exception {
        Path first = trained("first", LORA, 7, 8);
        Path elsewhere;
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            elsewhere = thread.submit(() -> trained("elsewhere", LORA, 7, 8)).get();
        }
        Path otherSeed = trained("otherSeed", LORA, 8, 8);

        for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            assertThat(elsewhere.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
        assertThat(Files.mismatch(weights(first), weights(otherSeed))).isNotEqualTo(-1);
    }

    @Test
    void dropoutIsRepeatedByItsSeedWhateverElseTrains() throws Exception {
        LoraConfig dropping = new LoraConfig(4, 8, 0.2, false, LoraConfig.ALL);
        Path first = trained("first", dropping, 7, 8);
        Path beside;
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            var one = threads.submit(() -> trained("beside", dropping, 7, 8));
            var other = threads.submit(() -> trained("other", dropping, 8, 8));
            beside = one.get();
            other.get();
        }
        Path whole = trained("whole", LORA, 7, 8);

        assertThat(weights(beside)).hasSameBinaryContentAs(weights(first));
        assertThat(Files.mismatch(weights(whole), weights(first))).isNotEqualTo(-1);
    }

    @Test
    void lossHasNoDropoutAndEachStepAnother() {
        Path parent = trained("parent", LORA, 1, 10);
        LoraConfig dropping = new LoraConfig(4, 8, 0.5, false, LoraConfig.ALL);

        try (LoraTrainer whole = start(parent, LORA, 1);
                LoraTrainer trainer = start(parent, dropping, 1)) {
            double loss = whole.loss(batch);
            double masked = trainer.step(batch, 0).loss();

            assertThat(trainer.loss(batch)).isEqualTo(loss);
            assertThat(masked).isNotEqualTo(loss);
            assertThat(trainer.step(batch, 0).loss()).isNotEqualTo(masked);
        }
    }

    @Test
    void aToyTaskIsLearntByHeartUnderDropout() {
        Path saved = trained("adapter", new LoraConfig(4, 8, 0.1, false, LoraConfig.ALL), 1, 60);

        try (Adapter adapter = model.loadAdapter(saved)) {
            assertThat(Toy.answers(model, adapter)).isEqualTo(Toy.ANSWERS);
        }
    }

    private static Path weights(Path adapter) {
        return adapter.resolve("adapter_model.safetensors");
    }

    @Test
    void aChildBeginsAtItsParentsLoss() {
        Path parent = trained("parent", LORA, 1, 10);
        try (LoraTrainer longer = start(null, LORA, 1);
                LoraTrainer child = start(parent, LORA, 99)) {
            IntStream.range(0, 10).forEach(i -> longer.step(batch, 0.01));

            assertThat(child.loss(batch)).isEqualTo(longer.loss(batch));
        }
    }

    @Test
    void aParentOfAnotherShapeIsRefused() {
        Path parent = trained("parent", LORA, 1, 1);

        assertThatThrownBy(() -> start(parent, LoraConfig.allLinear(2, 8), 1))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(parent.toString())
                .hasMessageContaining("another rank, alpha, scale or target modules");
    }

    @Test
    void aSequenceMayFillTheContextButNotMore() {
        int[] ids = IntStream.range(0, 52).map(i -> i % 7).toArray();
        try (LoraTrainer trainer = start(null, LORA, 1)) {
            List<Tokens> full = List.of(new Tokens(IntStream.of(ids).limit(51).toArray(), 30));
            assertThat(trainer.step(full, 0.01).responseTokens()).isEqualTo(21);
            assertThatThrownBy(() -> trainer.step(List.of(new Tokens(ids, 30)), 0.01))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("52 tokens; this model's context is 51");
        }
    }

    @Test
    void trainingThatDivergesSaysSo() {
        try (LoraTrainer trainer = start(null, LORA, 1)) {
            assertThatThrownBy(() -> IntStream.range(0, 5).forEach(i -> trainer.step(batch, 1e30)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("diverged")
                    .hasMessageContaining("learning rate");
        }
    }
}
