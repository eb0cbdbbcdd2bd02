package io.millrace.model;

import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.RopeScaling;
import io.millrace.model.decoder.Weights;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.lora.LoraFiles;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.tokenizer.BytePairTrainer;
import io.millrace.model.tokenizer.TokenizerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A whole model directory, random and small enough to train within a test. */
public final class TinyModel {

    public static final int VOCABULARY = 320;

    private static final List<String> SPECIAL =
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final String TEXT =
            "user assistant system the card is late; the card was lost, where is the new card? "
                    + "my card has not come. the transfer failed, the transfer is late. card_arrival "
                    + "card_lost transfer_failed transfer_late";

    private TinyModel() {}

    /** Two blocks, four heads over two key heads, tied embeddings. */
    public static ModelConfig config() {
        return new ModelConfig(VOCABULARY, 32, 2, 4, 2, 8, 48, 1e-5, 10_000, 128, true);
    }

    /**
     * The same in another family; its heads together are wider than the stream, and rotary
     * frequencies are stretched so that some stay, some are mixed and some are divided.
     */
    public static ModelConfig config(Family family) {
        RopeScaling stretched = new RopeScaling.Llama3(8, 1, 4, 64);
        return new ModelConfig(
                family, VOCABULARY, 24, 2, 4, 2, 8, 48, 1e-5, 10_000, stretched, 128, true);
    }

    /** Writes the directory; weights are float32, so that nothing is rounded on the way. */
    public static Path write(Path directory, ModelConfig config, long seed) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("config.json"), config.toJson());
            Files.writeString(directory.resolve("tokenizer.json"), tokenizer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Safetensors.write(
                directory.resolve("model.safetensors"), weights(config, seed), DataType.F32);
        return directory;
    }

    /** Writes the weights again in as many shards, each its share of the tensors in turn. */
    public static void shard(Path directory, List<Tensor> weights, int shards) {
        ObjectNode index = JsonMapper.shared().createObjectNode();
        ObjectNode places = index.putObject("weight_map");
        for (int shard = 1; shard <= shards; shard++) {
            String name = "model-%05d-of-%05d.safetensors".formatted(shard, shards);
            List<Tensor> share = new ArrayList<>();
            for (int i = shard - 1; i < weights.size(); i += shards) {
                share.add(weights.get(i));
                places.put(weights.get(i).name(), name);
            }
            Safetensors.write(directory.resolve(name), share, DataType.F32);
        }
        try {
            Files.writeString(
                    directory.resolve("model.safetensors.index.json"), index.toPrettyString());
            Files.delete(directory.resolve("model.safetensors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A byte-level tokenizer with ChatML's special tokens. */
    public static String tokenizer() {
        return TokenizerFile.toJson(BytePairTrainer.train(SPECIAL, VOCABULARY, Stream.of(TEXT)));
    }

    /** Weights large enough that every part of the forward pass shows in the logits. */
    public static List<Tensor> weights(ModelConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (Weights.Slot slot : Weights.slots(config)) {
            long[] shape = slot.shape();
            float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) value(slot, random);
            }
            tensors.add(new Tensor(slot.name(), shape, values));
        }
        return tensors;
    }

    /** An adapter under way: neither half is zero. */
    public static LoraFiles.Lora adapter(ModelConfig config, LoraConfig lora, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Tensor> tensors = new ArrayList<>();
        for (LoraFiles.Slot slot : LoraFiles.slots(config, lora)) {
            for (Weights.Slot half : List.of(slot.a(), slot.b())) {
                float[] values = new float[(int) (half.shape()[0] * half.shape()[1])];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian() * 0.2f;
                }
                tensors.add(new Tensor(half.name(), half.shape(), values));
            }
        }
        return new LoraFiles.Lora(lora, tensors);
    }

    private static double value(Weights.Slot slot, SplittableRandom random) {
        if (slot.name().endsWith(".bias")) {
            return random.nextGaussian() / 2;
        }
        return slot.shape().length == 1
                ? random.nextDouble(0.5, 1.5)
                : random.nextGaussian() / Math.sqrt((double) slot.shape()[1]);
    }
}
