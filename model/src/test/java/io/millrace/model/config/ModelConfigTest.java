package io.millrace.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.TinyModel;
import io.millrace.model.decoder.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void aConfigComesBackFromItsJson() throws IOException {
        assertThat(read(TinyModel.config().toJson())).isEqualTo(TinyModel.config());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parametersAreCountedAsTheWeightsAre(boolean tied) {
        ModelConfig config = new ModelConfig(320, 24, 2, 3, 3, 10, 40, 1e-6, 500, 64, tied);
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
                "LlamaForCausalLM | GPT2LMHeadModel | architecture 'GPT2LMHeadModel' is not"
                        + " supported",
                "\"rope_scaling\": null | \"rope_scaling\": {\"type\": \"linear\"} | rope_scaling",
                "\"rope_theta\": 100000 | \"rope_parameters\": {\"rope_type\": \"yarn\"} |"
                        + " rope_type",
                "\"rope_theta\": 100000 | \"rope_parameters\": 3 | rope_parameters must be an"
                        + " object",
                "\"rope_theta\": 100000 | \"rope_theta\": \"1e5\" | rope_theta is missing or not a"
                        + " number",
                "\"rope_theta\": 100000 | \"rope_theta\": 0 | rope_theta must be above 0",
                "\"rope_interleaved\": false | \"rope_interleaved\": true | rope_interleaved",
                "\"model_type\" | \"auto_map\": {}, \"model_type\" | auto_map",
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
