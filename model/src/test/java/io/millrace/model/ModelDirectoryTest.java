package io.millrace.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.chat.ChatMessage;
import io.millrace.model.config.Family;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may lie in a model directory, and every way it can be wrong: refused before a token. */
class ModelDirectoryTest {

    private static final String INDEX = "model.safetensors.index.json";
    private static final String LAST_SHARD = "model-00003-of-00003.safetensors";

    @TempDir Path directory;

    private Path whole(ModelConfig config) {
        return TinyModel.write(directory.resolve("tiny"), config, 1);
    }

    private Path sharded(ModelConfig config) {
        Path whole = whole(config);
        TinyModel.shard(whole, TinyModel.weights(config, 1), 3);
        return whole;
    }

    private static List<Generation> answers(Path directory) {
        try (LanguageModel model = LanguageModel.open(directory)) {
            return model.generate(
                    List.of(List.of(ChatMessage.user("where is my card?"))),
                    GenerationOptions.greedy(8),
                    null);
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void shardsAnswerAsOneFileDoes(Family family) {
        List<Generation> one = answers(whole(TinyModel.config(family)));

        assertThat(answers(sharded(TinyModel.config(family)))).isEqualTo(one);
    }

    @Test
    void theOneFileIsReadWhereBothAreThere() throws IOException {
        Path tiny = sharded(TinyModel.config());
        List<Generation> answers = answers(tiny);
        TinyModel.write(tiny, TinyModel.config(), 2);
        Files.writeString(tiny.resolve(INDEX), "{}");

        assertThat(answers(tiny)).isNotEqualTo(answers);
    }

    @Test
    void everyShardCountsForTheDigest() {
        Path tiny = sharded(TinyModel.config());
        List<Tensor> other = new ArrayList<>(TinyModel.weights(TinyModel.config(), 1));
        String before = digest(tiny);
        assertThat(digest(tiny)).isEqualTo(before);

        other.set(2, TinyModel.weights(TinyModel.config(), 2).get(2));
        TinyModel.write(tiny, TinyModel.config(), 1);
        TinyModel.shard(tiny, other, 3);

        assertThat(digest(tiny)).isNotEqualTo(before);
    }

    private static String digest(Path directory) {
        try (LanguageModel model = LanguageModel.open(directory)) {
            return model.digest().hex();
        }
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void everyNumberFormatIsRead(DataType type) {
        Path tiny = whole(TinyModel.config());
        write(tiny, TinyModel.weights(TinyModel.config(), 1), type);

        assertThat(answers(tiny)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"lm_head.weight, 320", "model.layers.1.self_attn.rotary_emb.inv_freq, 1"})
    void whatFollowsFromTheRestMayLieBesideIt(String name, int rows) {
        Path tiny = whole(TinyModel.config());
        List<Generation> answers = answers(tiny);

        write(tiny, with(name, rows), DataType.F32);

        assertThat(answers(tiny)).isEqualTo(answers);
    }

    @ParameterizedTest
    @CsvSource({
        "model.layers.0.self_attn.q_proj.bias, 1",
        "model.layers.2.mlp.up_proj.weight, 48",
        "lm_head.bias, 1"
    })
    void aTensorThatTheArchitectureHasNotIsRefused(String name, int rows) {
        Path tiny = whole(TinyModel.config());

        write(tiny, with(name, rows), DataType.F32);

        assertRefused(
                tiny,
                "model.safetensors has a tensor "
                        + name
                        + " that a LlamaForCausalLM of 2 layers has not: config.json and the"
                        + " weights belong to different models");
    }

    private static List<Tensor> with(String name, int rows) {
        List<Tensor> tensors = new ArrayList<>(TinyModel.weights(TinyModel.config(), 1));
        tensors.add(new Tensor(name, new long[] {rows, 32}, new float[rows * 32]));
        return tensors;
    }

    private static void write(Path directory, List<Tensor> tensors, DataType type) {
        Safetensors.write(directory.resolve("model.safetensors"), tensors, type);
    }

    @Test
    void aFamilyWithoutItsOwnTensorsIsRefused() throws IOException {
        Path tiny = whole(TinyModel.config(Family.LLAMA));

        Files.writeString(tiny.resolve("config.json"), TinyModel.config(Family.QWEN2).toJson());
        assertRefused(tiny, "has no tensor model.layers.0.self_attn.q_proj.bias");
        Files.writeString(tiny.resolve("config.json"), TinyModel.config(Family.QWEN3).toJson());
        assertRefused(tiny, "has no tensor model.layers.0.self_attn.q_norm.weight");
    }

    @Test
    void brokenNumbersAreRefused() throws IOException {
        Path tiny = whole(TinyModel.config());
        Path file = tiny.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 0x7F; // the last norm's last number: infinite or none
        bytes[bytes.length - 2] = (byte) 0xC0;
        Files.write(file, bytes);

        assertRefused(tiny, "model.safetensors: model.norm.weight holds NaN or infinity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "model.safetensors", "tokenizer.json"})
    void aMissingFileIsNamed(String file) throws IOException {
        Path broken = TinyModel.write(directory.resolve("broken"), TinyModel.config(), 1);
        Files.delete(broken.resolve(file));

        assertRefused(broken, file);
        assertRefused(directory.resolve("nowhere"), "config.json is missing");
    }

    @Test
    void aTokenizerLargerThanTheEmbeddingIsRefused() {
        ModelConfig small = new ModelConfig(300, 32, 2, 4, 2, 8, 48, 1e-5, 1e4, 128, true);

        assertRefused(
                TinyModel.write(directory.resolve("broken"), small, 1),
                "tokenizer.json has ids up to 319 where config.json has a vocab_size of 300");
    }

    @Test
    void weightsOfAnotherShapeAreRefused() throws IOException {
        Path broken = TinyModel.write(directory.resolve("broken"), TinyModel.config(), 1);
        Path config = broken.resolve("config.json");
        String json = Files.readString(config);
        assertThat(json).contains("\"intermediate_size\" : 48");

        Files.writeString(
                config, json.replace("intermediate_size\" : 48", "intermediate_size\" : 50"));
        assertRefused(broken, "gate_proj.weight has shape [48, 32]");
        Files.writeString(config, json.replace("layers\" : 2", "layers\" : 3"));
        assertRefused(broken, "has no tensor model.layers.2");
        Files.writeString(config, json.replace("embeddings\" : true", "embeddings\" : false"));
        assertRefused(broken, "has no tensor lm_head.weight");
    }

    @Test
    void weightsMustBeThereAsSafetensors() throws IOException {
        Path tiny = whole(TinyModel.config());
        Files.move(tiny.resolve("model.safetensors"), tiny.resolve("pytorch_model.bin"));

        assertRefused(tiny, "convert pickled ones to safetensors");
    }

    @Test
    void aMissingShardIsNamedWithATensorOfIts() throws IOException {
        Path tiny = sharded(TinyModel.config());
        Files.delete(tiny.resolve(LAST_SHARD));

        assertRefused(tiny, "self_attn.q_proj.weight is placed in " + LAST_SHARD + ", which is");
    }

    @Test
    void aTruncatedShardIsNamed() throws IOException {
        Path tiny = sharded(TinyModel.config());
        byte[] bytes = Files.readAllBytes(tiny.resolve(LAST_SHARD));
        Files.write(tiny.resolve(LAST_SHARD), Arrays.copyOf(bytes, bytes.length - 4));

        assertRefused(tiny, LAST_SHARD + " holds ");
    }

    @Test
    void anAbsentTensorIsNamed() {
        Path tiny = whole(TinyModel.config());
        List<Tensor> weights = TinyModel.weights(TinyModel.config(), 1);
        TinyModel.shard(tiny, weights.subList(0, weights.size() - 1), 3);

        assertRefused(tiny, INDEX + " has no tensor model.norm.weight");
    }

    private static void assertRefused(Path broken, String problem) {
        assertThatThrownBy(() -> LanguageModel.open(broken).close())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(broken.toString())
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }
}
