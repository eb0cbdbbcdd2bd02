package io.millrace.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.decoder.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelConfigTest {

    /** The fields that transformers writes for a small Llama, with the null ones. */
    private static final String WHOLE =
            """
            {"architectures": ["LlamaForCausalLM"], "attention_bias": false, "head_dim": null,
             "hidden_act": "silu", "hidden_size": 64, "intermediate_size": 96,
             "max_position_embeddings": 256, "mlp_bias": false, "model_type": "llama",
             "num_attention_heads": 4, "num_hidden_layers": 2, "num_key_value_heads": 2,
             "rms_norm_eps": 1e-05, "rope_interleaved": false, "rope_scaling": null,
             "rope_theta": 100000, "tie_word_embeddings": true, "vocab_size": 300}
            """;

    @TempDir Path directory;

    private ModelConfig read(String json) throws IOException {
        Files.writeString(directory.resolve("config.json"), json);
        return ModelConfig.read(directory);
    }

    @Test
    void aConfigIsReadAsTransformersWritesIt() throws IOException {
        assertThat(read(WHOLE))
                .isEqualTo(new ModelConfig(300, 64, 2, 4, 2, 16, 96, 1e-5, 1e5, 256, true));
    }

    @Test
    void whatIsOptionalHasLlamasDefaults() throws IOException {
        String least =
                """
                {"architectures": ["LlamaForCausalLM"], "hidden_size": 64, "intermediate_size": 96,
                 "num_attention_heads": 4, "num_hidden_layers": 2, "vocab_size": 300}
                """;
        assertThat(read(least))
                .isEqualTo(new ModelConfig(300, 64, 2, 4, 4, 16, 96, 1e-6, 10_000, 2048, false));
    }

    @Test
    void ropeParametersOfTransformers5AreRead() throws IOException {
        String json =
                WHOLE.replace(
                        "\"rope_theta\": 100000",
                        "\"rope_parameters\": {\"rope_theta\": 5e5, \"rope_type\": \"default\"}");
        assertThat(read(json).ropeTheta()).isEqualTo(5e5);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aConfigComesBackFromItsJson(Family family) throws IOException {
        for (RopeScaling scaling :
                List.of(
                        new RopeScaling.None(),
                        new RopeScaling.Linear(2),
                        new RopeScaling.Llama3(32, 1, 4, 8192))) {
            ModelConfig config =
                    new ModelConfig(
                            family, 320, 24, 2, 4, 2, 8, 48, 1e-5, 1e4, scaling, 8192, true);
            assertThat(read(config.toJson())).isEqualTo(config);
        }
    }

    @ParameterizedTest
    @CsvSource({"LLAMA, true", "LLAMA, false", "MISTRAL, true", "QWEN2, true", "QWEN3, false"})
    void parametersAreCountedAsTheWeightsAre(Family family, boolean tied) {
        RopeScaling none = new RopeScaling.None();
        ModelConfig config =
                new ModelConfig(family, 320, 24, 2, 3, 3, 10, 40, 1e-6, 500, none, 64, tied);
        long counted =
                Weights.slots(config).stream()
                        .mapToLong(slot -> Arrays.stream(slot.shape()).reduce(1, (a, b) -> a * b))
                        .sum();
        assertThat(config.parameters()).isEqualTo(counted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LlamaForCausalLM | Qwen3MoeForCausalLM | architecture 'Qwen3MoeForCausalLM' is"
                        + " not supported; use one of LlamaForCausalLM, Qwen2ForCausalLM,",
                "\"llama\" | \"qwen2\" | model_type 'qwen2' is not that of a LlamaForCausalLM",
                "\"rope_scaling\": null | \"rope_scaling\": {\"type\": \"linear\"} | rope_scaling:"
                        + " factor is missing",
                "\"rope_scaling\": null | \"rope_scaling\": {\"type\": \"linear\", \"factor\": 0.5}"
                        + " | factor must be a number of at least 1",
                "\"rope_scaling\": null | \"rope_scaling\": {\"type\": \"dynamic\", \"factor\": 2} |"
                        + " rope_scaling: rope_type 'dynamic' is not supported; use default,",
                "\"rope_scaling\": null | \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8} |"
                        + " low_freq_factor is missing",
                "\"rope_scaling\": null | \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8,"
                        + " \"low_freq_factor\": 4, \"high_freq_factor\": 4,"
                        + " \"original_max_position_embeddings\": 64} | low_freq_factor must be"
                        + " above 0 and below high_freq_factor",
                "\"rope_scaling\": null | \"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8,"
                        + " \"low_freq_factor\": 1, \"high_freq_factor\": 4,"
                        + " \"original_max_position_embeddings\": 0} |"
                        + " original_max_position_embeddings must be above 0",
                "\"rope_scaling\": null | \"rope_scaling\": {}, \"rope_parameters\": {} |"
                        + " rope_scaling and rope_parameters are both there",
                "\"rope_scaling\": null | \"partial_rotary_factor\": 0.5 | partial_rotary_factor",
                "\"rope_scaling\": null | \"rope_parameters\": {\"partial_rotary_factor\": 0.5} |"
                        + " partial_rotary_factor",
                "\"rope_scaling\": null | \"layer_types\": [\"chunked_attention\"] | layer_types has"
                        + " 'chunked_attention'",
                "\"rope_scaling\": null | \"sliding_window\": 0 | sliding_window must be above 0",
                "\"rope_scaling\": null | \"use_mrope\": true | use_mrope is not supported",
                "\"rope_theta\": 100000 | \"rope_parameters\": {\"full_attention\": {}} | for each"
                        + " type of layer is not supported",
                "\"rope_theta\": 100000 | \"rope_parameters\": {\"rope_type\": \"yarn\"} |"
                        + " rope_parameters: rope_type 'yarn' is not supported",
                "\"rope_theta\": 100000 | \"rope_theta\": 1e999 | rope_theta must be above 0",
                "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 2000000000 | num_hidden_layers"
                        + " must be at most 1000",
                "\"max_position_embeddings\": 256 | \"max_position_embeddings\": 2000000000 |"
                        + " max_position_embeddings x head_dim must be below 2^31",
                "\"head_dim\": null | \"head_dim\": 2000000000 | num_attention_heads x head_dim"
                        + " must be below 2^31",
                "\"rope_theta\": 100000 | \"rope_parameters\": 3 | rope_parameters must be an"
                        + " object",
                "\"rope_theta\": 100000 | \"rope_theta\": \"1e5\" | rope_theta is missing or not a"
                        + " number",
                "\"rope_theta\": 100000 | \"rope_theta\": 0 | rope_theta must be above 0",
                "\"rope_interleaved\": false | \"rope_interleaved\": true | rope_interleaved",
                "\"model_type\" | \"auto_map\": {}, \"model_type\" | auto_map names code",
                "\"model_type\" | \"quantization_config\": {}, \"model_type\" |"
                        + " quantization_config",
                "\"attention_bias\": false | \"attention_bias\": true | attention_bias",
                "\"attention_bias\": false | \"attention_bias\": \"no\" | attention_bias must be"
                        + " true or false",
                "\"mlp_bias\": false | \"mlp_bias\": true | mlp_bias",
                "\"silu\" | \"gelu\" | hidden_act must be silu",
                "\"silu\" | [] | hidden_act must be a string",
                "\"vocab_size\": 300 | \"vocab\": 300 | vocab_size is missing",
                "\"vocab_size\": 300 | \"vocab_size\": \"300\" | vocab_size is missing or not an"
                        + " integer",
                "\"vocab_size\": 300 | \"vocab_size\": 3000000000 | vocab_size is missing or not"
                        + " an integer",
                "\"vocab_size\": 300 | \"vocab_size\": -1 | vocab_size must be above 0",
                "\"vocab_size\": 300 | \"vocab_size\": 300, \"vocab_size\": 301 | not JSON",
                "\"hidden_size\": 64 | \"hidden_size\": 64.5 | hidden_size is missing",
                "\"num_attention_heads\": 4 | \"num_attention_heads\": 0 | num_attention_heads"
                        + " must be above 0",
                "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 3 | multiple of"
                        + " num_key_value_heads",
                "\"num_key_value_heads\": 2 | \"num_key_value_heads\": [2] | num_key_value_heads"
                        + " is missing or not an integer",
                "\"head_dim\": null | \"head_dim\": 15 | head_dim must be even",
                "\"rms_norm_eps\": 1e-05 | \"rms_norm_eps\": -1 | rms_norm_eps must be above 0"
            })
    void aModelThatThisIsNotIsRefused(String field, String instead, String problem) {
        assertThat(WHOLE).contains(field);
        assertRefused(WHOLE.replace(field, instead), problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | not a JSON object",
                "[] | not a JSON object",
                "null | not a JSON object",
                "{ | not JSON",
                "{} | architecture '' is not supported",
                "{\"architectures\": {\"0\": 1}} | architecture '' is not supported"
            })
    void aFileThatIsNoConfigIsRefused(String json, String problem) {
        assertRefused(json, problem);
    }

    @Test
    void aMissingFileIsNamedWithWhatToDo() {
        assertThatThrownBy(() -> ModelConfig.read(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(directory.resolve("config.json") + " is missing: name a");
    }

    private void assertRefused(String json, String problem) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(directory.resolve("config.json").toString())
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }
}
