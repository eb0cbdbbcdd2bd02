package io.millrace.trainer.training;

import static io.millrace.trainer.Given.examples;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.LanguageModel;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.artefact.Digest;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.dataset.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a real model with real gradients. */
class LoraBaseTest {

    private static final TrainingConfig CONFIG =
            TrainingConfig.defaults()
                    .overriddenBy(
                            "{\"rank\": 2, \"alpha\": 4, \"tokensPerBatch\": 128, \"learningRate\": 0.01}");

    @TempDir private static Path model;
    private static LanguageModel language;

    @TempDir Path work;

    @BeforeAll
    static void openModel() throws IOException {
        language = LanguageModel.open(TinyModel.write(model));
    }

    @AfterAll
    static void closeModel() {
        language.close();
    }

    @Test
    void theLossFallsAndTheAdapterIsInPeftsFormat() {
        RunResult.Trained trained = (RunResult.Trained) train("adapter", null, CONFIG);

        assertThat(trained.lossCurve().getLast()).isLessThan(trained.lossCurve().getFirst());
        assertThat(work.resolve("adapter"))
                .isDirectoryContaining("glob:**/adapter_config.json")
                .isDirectoryContaining("glob:**/adapter_model.safetensors");
    }

    @Test
    void theSameRunMakesTheSameBytes() {
        train("one", null, CONFIG);
        train("other", null, CONFIG);

        assertThat(digest("other")).isEqualTo(digest("one"));
    }

    @Test
    void aRunWithDropoutMakesTheSameBytesToo() throws IOException {
        LoraBase dropping = new LoraBase(language, List.of("q_proj", "up_proj"), 0.2, true);
        train("one", null, CONFIG, dropping);
        train("other", null, CONFIG, dropping);
        train("whole", null, CONFIG, new LoraBase(language, dropping.targets(), 0, true));

        assertThat(digest("other")).isEqualTo(digest("one"));
        assertThat(work.resolve("one/adapter_config.json"))
                .content()
                .contains("\"lora_dropout\" : 0.2", "\"use_rslora\" : true")
                .doesNotContain("v_proj");
        String weights = "adapter_model.safetensors";
        assertThat(
                        Files.mismatch(
                                work.resolve("whole").resolve(weights),
                                work.resolve("one").resolve(weights)))
                .isNotEqualTo(-1);
    }

    @Test
    void aRunGoesOnFromItsParent() {
        RunResult.Trained parent = (RunResult.Trained) train("parent", null, CONFIG);
        RunResult.Trained child =
                (RunResult.Trained) train("child", work.resolve("parent"), CONFIG);

        assertThat(child.lossCurve().getFirst()).isLessThan(parent.lossCurve().getFirst());
        assertThat(digest("child")).isNotEqualTo(digest("parent"));
    }

    @Test
    void onlyARunWithAParentKeepsAShareOfIt() {
        TrainingConfig keeping = CONFIG.overriddenBy("{\"parentShare\": 0.5}");
        TrainingConfig forgetting = CONFIG.overriddenBy("{\"parentShare\": 0}");
        train("one", null, keeping);
        train("two", null, forgetting);
        train("three", work.resolve("one"), keeping);
        train("four", work.resolve("one"), forgetting);

        assertThat(digest("one")).isEqualTo(digest("two"));
        assertThat(digest("three")).isNotEqualTo(digest("four"));
    }

    @Test
    void aConfigForAnotherNumberOfThreadsIsRefused() {
        TrainingConfig config = CONFIG.overriddenBy("{\"threads\": 64}");

        assertThatThrownBy(() -> train("adapter", null, config))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("says 64 threads")
                .hasMessageContaining("-Dmillrace.threads=64");
    }

    private RunResult train(String directory, @Nullable Path parent, TrainingConfig config) {
        return train(directory, parent, config, new LoraBase(language));
    }

    private RunResult train(
            String directory, @Nullable Path parent, TrainingConfig config, LoraBase base) {
        RunSpec spec =
                new RunSpec(
                        new WindowId("w1"),
                        new Dataset(examples("e", 20), 20, 0, 0),
                        parent,
                        config,
                        1);
        SftRun run = new SftRun(base, Clock.systemUTC(), progress -> {}, () -> false);
        return run.train(spec, created(work.resolve(directory)));
    }

    private static Path created(Path directory) {
        try {
            return Files.createDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Digest digest(String directory) {
        return ArtefactStore.digestOf(work.resolve(directory));
    }
}
