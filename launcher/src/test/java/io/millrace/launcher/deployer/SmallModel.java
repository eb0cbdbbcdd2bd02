package io.millrace.launcher.deployer;

import io.millrace.model.LanguageModel;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Weights;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.tokenizer.BytePairTrainer;
import io.millrace.model.tokenizer.TokenizerFile;
import io.millrace.model.training.LoraTrainer;
import io.millrace.schemas.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** A real base model with random weights, and real adapters that were taught one answer each. */
public record SmallModel(Path directory, ArtefactStore artefacts) {

    public static final String PROMPT = "where is my card";

    private static final ModelConfig CONFIG =
            new ModelConfig(300, 32, 2, 4, 2, 8, 48, 1e-5, 10_000, 96, true);
    private static final List<String> SPECIAL =
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    public static SmallModel in(Path folder) throws IOException {
        Path directory = Files.createDirectories(folder.resolve("base"));
        Files.writeString(directory.resolve("config.json"), CONFIG.toJson());
        Files.writeString(
                directory.resolve("tokenizer.json"),
                TokenizerFile.toJson(
                        BytePairTrainer.train(
                                SPECIAL, CONFIG.vocabSize(), Stream.of(PROMPT + " one two"))));
        Safetensors.write(directory.resolve("model.safetensors"), weights(), DataType.F32);
        return new SmallModel(directory, new ArtefactStore(folder.resolve("artefacts")));
    }

    private static List<Tensor> weights() {
        SplittableRandom random = new SplittableRandom(7);
        List<Tensor> tensors = new ArrayList<>();
        for (Weights.Slot slot : Weights.slots(CONFIG)) {
            long[] shape = slot.shape();
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        shape.length == 1
                                ? 1
                                : (float) (random.nextGaussian() / Math.sqrt((double) shape[1]));
            }
            tensors.add(new Tensor(slot.name(), shape, values));
        }
        return tensors;
    }

    public Sha256 digest() {
        try (LanguageModel base = LanguageModel.open(directory)) {
            return new Sha256(base.digest().hex());
        }
    }

    /** Trains until the model gives this answer to the prompt, and publishes the adapter. */
    public Sha256 taught(String answer) {
        return adapter(answer, 200);
    }

    /** An adapter that changes nothing yet. */
    Sha256 untaught() {
        return adapter("nothing", 0);
    }

    private Sha256 adapter(String answer, int steps) {
        try (LanguageModel base = LanguageModel.open(directory);
                LoraTrainer trainer =
                        LoraTrainer.start(base, null, LoraConfig.allLinear(8, 16), 7)) {
            var lesson = List.of(base.encode(List.of(ChatMessage.user(PROMPT)), answer));
            for (int step = 0; step < steps && trainer.loss(lesson) > 0.02; step++) {
                trainer.step(lesson, 0.01);
            }
            Path staged = artefacts.stage();
            trainer.save(staged);
            return new Sha256(artefacts.publish(staged).hex());
        }
    }
}
