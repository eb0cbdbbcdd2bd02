package io.millrace.trainer.training;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.tokenizer.BytePairTrainer;
import io.millrace.model.tokenizer.TokenizerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A random one-block model, small enough to tune within a test. */
final class TinyModel {

    private static final int VOCABULARY = 300;

    private TinyModel() {}

    static Path write(Path directory) throws IOException {
        ModelConfig config =
                new ModelConfig(VOCABULARY, 16, 1, 2, 1, 8, 24, 1e-5, 10_000, 128, true);
        Files.writeString(directory.resolve("config.json"), config.toJson());
        Files.writeString(
                directory.resolve("tokenizer.json"),
                TokenizerFile.toJson(
                        BytePairTrainer.train(
                                List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>"),
                                VOCABULARY,
                                Stream.of(
                                        "user assistant what of this answer what of that answer"))));
        SplittableRandom random = new SplittableRandom(1);
        List<Tensor> weights =
                Weights.slots(config).stream()
                        .map(slot ->
                                new Tensor(slot.name(), slot.shape(), values(slot.shape(), random)))
                        .toList();
        Safetensors.write(directory.resolve("model.safetensors"), weights, DataType.F32);
        return directory;
    }

    private static float[] values(long[] shape, SplittableRandom random) {
        float[] values =
                new float[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian(shape.length == 1 ? 1 : 0, 0.2);
        }
        return values;
    }
}
