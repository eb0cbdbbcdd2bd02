package io.millrace.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import io.millrace.model.Adapter;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.TinyModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Decoder;
import io.millrace.model.decoder.Precision;
import io.millrace.model.decoder.ReferenceDecoder;
import io.millrace.model.safetensors.Checkpoint;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.SafetensorsWriter;
import io.millrace.model.safetensors.Tensor;
import io.millrace.model.torch.Torch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MergedModelTest {

    private static final LoraConfig LORA = new LoraConfig(4, 8, 0, true, LoraConfig.ALL);
    private static final ModelConfig CONFIG = TinyModel.config();

    @TempDir Path folder;

    /** Writes the base, then an adapter of it. */
    private LoraFiles.Lora prepare(ModelConfig config) throws IOException {
        TinyModel.write(folder.resolve("base"), config, 11);
        return adapt(config, "adapter");
    }

    private LoraFiles.Lora adapt(ModelConfig config, String name) throws IOException {
        LoraFiles.Lora lora = TinyModel.adapter(config, LORA, 3);
        Path directory = Files.createDirectories(folder.resolve(name));
        LoraFiles.write(directory, LoraFiles.Base.of(folder.resolve("base"), config), lora);
        return lora;
    }

    private MergedModel merge(String output) {
        return MergedModel.write(
                folder.resolve("base"), folder.resolve("adapter"), folder.resolve(output));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void itAnswersLikeTheBaseWithTheAdapterBesideIt(Family family) throws IOException {
        ModelConfig config = TinyModel.config(family);
        LoraFiles.Lora lora = prepare(config);

        MergedModel merged = merge("merged");

        int[] prompt = {3, 30, 31, 5, 20, 21, 2};
        double[] expected =
                new ReferenceDecoder(config, TinyModel.weights(config, 11))
                        .adapt(lora)
                        .nextLogits(prompt);
        try (LanguageModel model = LanguageModel.open(folder.resolve("merged"));
                LanguageModel base = LanguageModel.open(folder.resolve("base"));
                Adapter adapter = base.loadAdapter(folder.resolve("adapter"))) {
            assertThat(merged.digest()).isEqualTo(model.digest());
            float[] logits = logits(model, prompt);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) logits[i]).isCloseTo(expected[i], within(1e-4));
            }
            List<List<ChatMessage>> prompts =
                    List.of(List.of(ChatMessage.user("late")), List.of(ChatMessage.user("card")));
            GenerationOptions greedy = GenerationOptions.greedy(12);
            assertThat(model.generate(prompts, greedy, null))
                    .isEqualTo(base.generate(prompts, greedy, adapter))
                    .isNotEqualTo(base.generate(prompts, greedy, null));
        }
    }

    private static float[] logits(LanguageModel model, int[] prompt) {
        try (NDManager manager = Torch.manager()) {
            Decoder decoder = new Decoder(manager, model.config(), Precision.F32);
            try (Decoder.Weighting weights = decoder.weighting(model.weights());
                    Decoder.Session session = decoder.session(weights, 1, prompt.length)) {
                return session.prefill(List.of(prompt));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyTensorKeepsItsFormat(DataType type) throws IOException {
        prepare(CONFIG);
        List<Tensor> weights = TinyModel.weights(CONFIG, 11);
        List<SafetensorsWriter.Planned> plan =
                weights.stream()
                        .map(t ->
                                new SafetensorsWriter.Planned(
                                        t.name(),
                                        t.shape().length == 1 ? DataType.F32 : type,
                                        t.shape()))
                        .toList();
        SafetensorsWriter.write(
                folder.resolve("base/model.safetensors"), plan, weights.iterator(), Map.of());
        LoraMerge byHand = new LoraMerge(CONFIG, adapt(CONFIG, "adapter"));

        assertThat(merge("merged").formats()).contains(type, DataType.F32);

        double rounding = type == DataType.F32 ? 1e-7 : type == DataType.F16 ? 1e-3 : 8e-3;
        try (Checkpoint base = Checkpoint.open(folder.resolve("base"));
                Checkpoint merged = Checkpoint.open(folder.resolve("merged"))) {
            for (Tensor weight : weights) {
                String name = weight.name();
                assertThat(merged.type(name)).isEqualTo(base.type(name));
                float[] expected = byHand.merged(base.read(name, weight.shape())).values();
                float[] found = merged.read(name, weight.shape()).values();
                for (int i = 0; i < found.length; i++) {
                    double bound = rounding * Math.max(Math.abs(expected[i]), 1e-3);
                    assertThat((double) found[i]).isCloseTo(expected[i], within(bound));
                }
            }
        }
    }

    @Test
    void shardsBecomeOneFile() throws IOException {
        prepare(CONFIG);
        merge("whole");
        TinyModel.shard(folder.resolve("base"), TinyModel.weights(CONFIG, 11), 3);
        adapt(CONFIG, "adapter");

        merge("merged");

        try (Checkpoint whole = Checkpoint.open(folder.resolve("whole"));
                Checkpoint merged = Checkpoint.open(folder.resolve("merged"))) {
            assertThat(merged.names()).isEqualTo(whole.names());
            for (Tensor weight : TinyModel.weights(CONFIG, 11)) {
                assertThat(merged.read(weight.name(), weight.shape()).values())
                        .isEqualTo(whole.read(weight.name(), weight.shape()).values());
            }
        }
        assertThat(folder.resolve("merged/model.safetensors.index.json")).doesNotExist();
    }

    @Test
    void whatLiesBesideTheWeightsIsCopiedAsItIs() throws IOException {
        prepare(CONFIG);
        Path base = folder.resolve("base");
        for (String name : List.of("tokenizer_config.json", "merges.txt", "LICENSE")) {
            Files.writeString(base.resolve(name), "as it is: " + name);
        }
        Files.writeString(base.resolve("pytorch_model.bin"), "other weights");
        Files.writeString(base.resolve("README.md"), "the base's card");

        merge("merged");

        assertThat(folder.resolve("merged").toFile().list())
                .containsExactlyInAnyOrder(
                        "config.json",
                        "tokenizer.json",
                        "tokenizer_config.json",
                        "merges.txt",
                        "LICENSE",
                        "model.safetensors");
        for (String name : List.of("config.json", "tokenizer.json", "merges.txt", "LICENSE")) {
            assertThat(folder.resolve("merged").resolve(name))
                    .hasSameBinaryContentAs(base.resolve(name));
        }
    }

    @Test
    void theSameBaseAndAdapterGiveTheSameBytesAndSayWhichTheyWere() throws IOException {
        prepare(CONFIG);

        MergedModel one = merge("one");
        MergedModel two = merge("two");

        assertThat(one).isEqualTo(two);
        assertThat(one.lora()).isEqualTo(LORA);
        assertThat(one.layers()).isEqualTo(14);
        assertThat(folder.resolve("one/model.safetensors"))
                .hasSameBinaryContentAs(folder.resolve("two/model.safetensors"));
        try (Safetensors file = Safetensors.open(folder.resolve("one/model.safetensors"))) {
            assertThat(file.metadata())
                    .containsEntry("format", "pt")
                    .containsEntry(
                            "base_sha256",
                            LoraFiles.Base.of(folder.resolve("base"), CONFIG).digest().hex())
                    .containsKey("adapter_sha256");
        }
    }

    @Test
    void aDirectoryThatIsThereIsLeftAlone() throws IOException {
        prepare(CONFIG);
        Path there = Files.createDirectories(folder.resolve("there"));

        assertThatThrownBy(() -> merge("there"))
                .isInstanceOf(ModelException.class)
                .hasMessage(there + " is there already: name a new directory");
        assertThat(there).isEmptyDirectory();
    }

    @Test
    void anAdapterOfAnotherBaseIsRefusedAndLeavesNothing() throws IOException {
        prepare(CONFIG);
        TinyModel.write(folder.resolve("base"), CONFIG, 12);

        assertRefused("adapts another base");
    }

    @Test
    void aNumberThatDoesNotFitItsFormatIsRefusedAndLeavesNothing() throws IOException {
        prepare(CONFIG);
        List<Tensor> weights = TinyModel.weights(CONFIG, 11);
        weights.forEach(t -> t.values()[0] = 65_500);
        Safetensors.write(folder.resolve("base/model.safetensors"), weights, DataType.F16);
        LoraFiles.Lora lora = adapt(CONFIG, "adapter");
        lora.tensors().forEach(tensor -> tensor.values()[0] = 10);
        LoraFiles.write(
                folder.resolve("adapter"), LoraFiles.Base.of(folder.resolve("base"), CONFIG), lora);

        assertRefused("model.layers.0.self_attn.q_proj.weight holds", "too large for F16");
    }

    @Test
    void aTensorThatIsNoWeightOfTheModelIsRefusedAndLeavesNothing() throws IOException {
        prepare(CONFIG);
        List<Tensor> weights = TinyModel.weights(CONFIG, 11);
        weights.add(new Tensor("model.extra.weight", new long[] {1}, new float[] {1}));
        Safetensors.write(folder.resolve("base/model.safetensors"), weights, DataType.F32);
        adapt(CONFIG, "adapter");

        assertRefused("has a tensor model.extra.weight");
    }

    private void assertRefused(String... problem) {
        assertThatThrownBy(() -> merge("merged"))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(problem);
        assertThat(folder.resolve("merged")).doesNotExist();
        assertThat(folder.resolve("merged.part")).doesNotExist();
    }
}
