package io.millrace.launcher.bench;

import io.millrace.model.chat.ChatFormat;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.tokenizer.BytePairTrainer;
import io.millrace.model.tokenizer.TokenizerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A model directory with random weights, in the shape of a real one: it says nothing sensible, at
 * the real one's pace.
 */
final class RandomModel {

    /** Of SmolLM2-135M: 134.5 M parameters. */
    static final ModelConfig SMOLLM2_135M =
            new ModelConfig(49_152, 576, 30, 9, 3, 64, 1_536, 1e-5, 100_000, 8_192, true);

    /** Of a model small enough to train every weight of: 10.2 M parameters. */
    static final ModelConfig TEN_MILLION =
            new ModelConfig(8_192, 256, 10, 8, 4, 32, 768, 1e-5, 10_000, 512, true);

    private static final List<String> SPECIAL =
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final int TOKENS = 2_048;
    private static final int TEXTS = 500;
    private static final int SEED = 1;

    private RandomModel() {}

    /** Writes it into a directory that does not exist yet; a tokenizer of English comes with it. */
    static void write(Path directory, ModelConfig shape) {
        SplittableRandom random = new SplittableRandom(SEED);
        Prose prose = new Prose(random);
        Stream<String> texts = Stream.generate(() -> prose.text(200)).limit(TEXTS);
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("config.json"), shape.toJson());
            Files.writeString(
                    directory.resolve("tokenizer_config.json"),
                    ChatFormat.tokenizerConfig(shape, SPECIAL.getFirst()));
            Files.writeString(
                    directory.resolve("tokenizer.json"),
                    TokenizerFile.toJson(BytePairTrainer.train(SPECIAL, TOKENS, texts)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Safetensors.write(
                directory.resolve("model.safetensors"),
                Weights.initial(shape, random),
                DataType.BF16);
    }
}
