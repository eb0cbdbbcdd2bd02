package io.millrace.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.model.LanguageModel;
import io.millrace.model.TinyModel;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Precision;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FullTrainerTest {

    private static final ModelConfig CONFIG = TinyModel.config();

    @TempDir Path directory;

    private List<Tokens> toy() {
        try (LanguageModel model =
                LanguageModel.open(TinyModel.write(directory.resolve("tiny"), CONFIG, 1))) {
            return Toy.batch(model);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aFreshModelKnowsNothing(Family family) {
        List<Tokens> batch = toy();
        ModelConfig config = TinyModel.config(family);
        try (FullTrainer trainer = new FullTrainer(config, Precision.F32, 1)) {
            assertThat(trainer.loss(batch)).isCloseTo(Math.log(TinyModel.VOCABULARY), within(0.1));
        }
    }

    @ParameterizedTest
    @CsvSource({"LLAMA, F32", "LLAMA, BF16", "QWEN2, BF16", "QWEN3, BF16"})
    void aModelTrainedFromNothingAnswersWhatItWasTaught(Family family, Precision precision) {
        List<Tokens> batch = toy();
        ModelConfig config = TinyModel.config(family);
        Path trained = TinyModel.write(directory.resolve("trained"), config, 1);

        try (FullTrainer trainer = new FullTrainer(config, precision, 1)) {
            for (int i = 0; i < 60; i++) {
                trainer.step(batch, 0.01);
            }
            trainer.save(trained.resolve("model.safetensors"));
        }

        try (LanguageModel model = LanguageModel.open(trained)) {
            assertThat(Toy.answers(model, null)).isEqualTo(Toy.ANSWERS);
        }
    }

    @Test
    void theSameSeedAndBatchesGiveTheSameBytes() {
        List<Tokens> batch = toy();
        for (String name : List.of("first", "second")) {
            try (FullTrainer trainer = new FullTrainer(CONFIG, Precision.BF16, 5)) {
                trainer.step(batch, 0.01);
                trainer.step(batch.subList(1, 3), 0.01);
                trainer.save(directory.resolve(name));
            }
        }
        assertThat(directory.resolve("first")).hasSameBinaryContentAs(directory.resolve("second"));
    }
}
