package io.millrace.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What published models say of themselves, field for field, and what is made of it. */
class FamilyTest {

    private static final RopeScaling PLAIN = new RopeScaling.None();

    private static final String QWEN2 =
            """
            {"architectures": ["Qwen2ForCausalLM"], "attention_dropout": 0.0, "bos_token_id": 151643,
             "eos_token_id": 151643, "hidden_act": "silu", "hidden_size": 896,
             "initializer_range": 0.02, "intermediate_size": 4864, "max_position_embeddings": 32768,
             "max_window_layers": 24, "model_type": "qwen2", "num_attention_heads": 14,
             "num_hidden_layers": 24, "num_key_value_heads": 2, "rms_norm_eps": 1e-06,
             "rope_theta": 1000000.0, "sliding_window": 32768, "tie_word_embeddings": true,
             "torch_dtype": "bfloat16", "transformers_version": "4.40.1", "use_cache": true,
             "use_mrope": false, "use_sliding_window": false, "vocab_size": 151936}
            """;

    private static final String QWEN3 =
            """
            {"architectures": ["Qwen3ForCausalLM"], "attention_bias": false, "attention_dropout": 0.0,
             "bos_token_id": 151643, "eos_token_id": 151645, "head_dim": 128, "hidden_act": "silu",
             "hidden_size": 1024, "initializer_range": 0.02, "intermediate_size": 3072,
             "max_position_embeddings": 40960, "max_window_layers": 28, "model_type": "qwen3",
             "num_attention_heads": 16, "num_hidden_layers": 28, "num_key_value_heads": 8,
             "rms_norm_eps": 1e-06, "rope_scaling": null, "rope_theta": 1000000,
             "sliding_window": null, "tie_word_embeddings": true, "torch_dtype": "bfloat16",
             "transformers_version": "4.51.0", "use_cache": true, "use_sliding_window": false,
             "vocab_size": 151936}
            """;

    private static final String MISTRAL =
            """
            {"architectures": ["MistralForCausalLM"], "bos_token_id": 1, "eos_token_id": 2,
             "hidden_act": "silu", "hidden_size": 4096, "initializer_range": 0.02,
             "intermediate_size": 14336, "max_position_embeddings": 32768, "model_type": "mistral",
             "num_attention_heads": 32, "num_hidden_layers": 32, "num_key_value_heads": 8,
             "rms_norm_eps": 1e-05, "rope_theta": 10000.0, "sliding_window": 4096,
             "tie_word_embeddings": false, "torch_dtype": "bfloat16",
             "transformers_version": "4.34.0.dev0", "use_cache": true, "vocab_size": 32000}
            """;

    @TempDir Path directory;

    private ModelConfig read(String json) throws IOException {
        Files.writeString(directory.resolve("config.json"), json);
        return ModelConfig.read(directory);
    }

    static Stream<Arguments> published() {
        RopeScaling llama3 = new RopeScaling.Llama3(32, 1, 4, 8192);
        return Stream.of(
                arguments(
                        "SmolLM2-135M",
                        """
                        {"architectures": ["LlamaForCausalLM"], "attention_bias": false,
                         "attention_dropout": 0.0, "bos_token_id": 0, "eos_token_id": 0,
                         "hidden_act": "silu", "hidden_size": 576,
                         "initializer_range": 0.041666666666666664, "intermediate_size": 1536,
                         "is_llama_config": true, "max_position_embeddings": 8192,
                         "model_type": "llama", "num_attention_heads": 9, "num_hidden_layers": 30,
                         "num_key_value_heads": 3, "pretraining_tp": 1, "rms_norm_eps": 1e-05,
                         "rope_interleaved": false, "rope_scaling": null, "rope_theta": 100000,
                         "tie_word_embeddings": true, "torch_dtype": "bfloat16",
                         "transformers_version": "4.40.1", "use_cache": true, "vocab_size": 49152}
                        """,
                        new ModelConfig(49152, 576, 30, 9, 3, 64, 1536, 1e-5, 1e5, 8192, true),
                        134_515_008L),
                arguments(
                        "TinyLlama-1.1B",
                        """
                        {"architectures": ["LlamaForCausalLM"], "attention_bias": false,
                         "bos_token_id": 1, "eos_token_id": 2, "hidden_act": "silu",
                         "hidden_size": 2048, "initializer_range": 0.02, "intermediate_size": 5632,
                         "max_position_embeddings": 2048, "model_type": "llama",
                         "num_attention_heads": 32, "num_hidden_layers": 22,
                         "num_key_value_heads": 4, "pretraining_tp": 1, "rms_norm_eps": 1e-05,
                         "rope_scaling": null, "rope_theta": 10000.0, "tie_word_embeddings": false,
                         "torch_dtype": "bfloat16", "transformers_version": "4.35.0",
                         "use_cache": true, "vocab_size": 32000}
                        """,
                        new ModelConfig(32000, 2048, 22, 32, 4, 64, 5632, 1e-5, 1e4, 2048, false),
                        1_100_048_384L),
                arguments(
                        "Llama-3.2-1B",
                        """
                        {"architectures": ["LlamaForCausalLM"], "attention_bias": false,
                         "attention_dropout": 0.0, "bos_token_id": 128000, "eos_token_id": 128001,
                         "head_dim": 64, "hidden_act": "silu", "hidden_size": 2048,
                         "initializer_range": 0.02, "intermediate_size": 8192,
                         "max_position_embeddings": 131072, "mlp_bias": false,
                         "model_type": "llama", "num_attention_heads": 32, "num_hidden_layers": 16,
                         "num_key_value_heads": 8, "pretraining_tp": 1, "rms_norm_eps": 1e-05,
                         "rope_scaling": {"factor": 32.0, "high_freq_factor": 4.0,
                           "low_freq_factor": 1.0, "original_max_position_embeddings": 8192,
                           "rope_type": "llama3"},
                         "rope_theta": 500000.0, "tie_word_embeddings": true,
                         "torch_dtype": "bfloat16", "transformers_version": "4.45.0.dev0",
                         "use_cache": true, "vocab_size": 128256}
                        """,
                        new ModelConfig(
                                Family.LLAMA,
                                128256,
                                2048,
                                16,
                                32,
                                8,
                                64,
                                8192,
                                1e-5,
                                5e5,
                                llama3,
                                131072,
                                true),
                        1_235_814_400L),
                arguments(
                        "Qwen2.5-0.5B",
                        QWEN2,
                        new ModelConfig(
                                Family.QWEN2,
                                151936,
                                896,
                                24,
                                14,
                                2,
                                64,
                                4864,
                                1e-6,
                                1e6,
                                PLAIN,
                                32768,
                                true),
                        494_032_768L),
                arguments(
                        "Qwen3-0.6B",
                        QWEN3,
                        new ModelConfig(
                                Family.QWEN3,
                                151936,
                                1024,
                                28,
                                16,
                                8,
                                128,
                                3072,
                                1e-6,
                                1e6,
                                PLAIN,
                                40960,
                                true),
                        596_049_920L),
                arguments("Mistral-7B-v0.1", MISTRAL, mistral(32000, 1e4, 4096), 7_241_732_096L),
                arguments(
                        "Mistral-7B-v0.3",
                        MISTRAL.replace("4096, \"init", "4096, \"attention_dropout\": 0.0, \"init")
                                .replace("10000.0", "1000000.0")
                                .replace("\"sliding_window\": 4096", "\"sliding_window\": null")
                                .replace("32000", "32768"),
                        mistral(32768, 1e6, 32768),
                        7_248_023_552L));
    }

    private static ModelConfig mistral(int vocabulary, double ropeTheta, int context) {
        return new ModelConfig(
                Family.MISTRAL,
                vocabulary,
                4096,
                32,
                32,
                8,
                128,
                14336,
                1e-5,
                ropeTheta,
                PLAIN,
                context,
                false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("published")
    void publishedModelsAreReadAsTheyAre(
            String name, String json, ModelConfig expected, long parameters) throws IOException {
        ModelConfig config = read(json);

        assertThat(config).isEqualTo(expected);
        assertThat(config.parameters()).isEqualTo(parameters);
    }

    @Test
    void transformers5WritesTheSameInOtherPlaces() throws IOException {
        String json =
                QWEN3.replace("\"rope_scaling\": null, \"rope_theta\": 1000000,", "")
                        .replace(
                                "\"torch_dtype\": \"bfloat16\"",
                                "\"dtype\": \"bfloat16\", \"layer_types\": [\"full_attention\"],"
                                        + " \"rope_parameters\": {\"rope_theta\": 1000000,"
                                        + " \"rope_type\": \"default\"}");

        assertThat(json).isNotEqualTo(QWEN3).doesNotContain("\"rope_scaling\"");
        assertThat(read(json)).isEqualTo(read(QWEN3));
    }

    @Test
    void stretchedFrequenciesAreReadFromEitherPlace() throws IOException {
        String scaling =
                "{\"rope_type\": \"llama3\", \"factor\": 8.0, \"low_freq_factor\": 1.0,"
                        + " \"high_freq_factor\": 4.0, \"original_max_position_embeddings\": 8192";
        String old =
                MISTRAL.replace(
                        "\"use_cache\"", "\"rope_scaling\": " + scaling + "}, \"use_cache\"");
        String young =
                MISTRAL.replace(
                        "\"rope_theta\": 10000.0",
                        "\"rope_parameters\": " + scaling + ", \"rope_theta\": 10000.0}");

        assertThat(read(old).ropeScaling()).isEqualTo(new RopeScaling.Llama3(8, 1, 4, 8192));
        assertThat(read(young)).isEqualTo(read(old));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"use_sliding_window\": true, \"max_window_layers\": 21 | 512",
                "\"use_sliding_window\": true, \"max_window_layers\": 24 | 32768",
                "\"use_sliding_window\": false, \"max_window_layers\": 21 | 32768",
                "\"use_sliding_window\": true, \"layer_types\": [\"full_attention\"] | 32768",
                "\"use_sliding_window\": true, \"layer_types\": [\"full_attention\","
                        + " \"sliding_attention\"] | 512"
            })
    void aWindowThatAnyLayerHasBoundsTheContext(String fields, int context) throws IOException {
        String json =
                QWEN2.replace("\"use_sliding_window\": false", fields)
                        .replace("\"max_window_layers\": 24, \"model", "\"model")
                        .replace("\"sliding_window\": 32768", "\"sliding_window\": 512");

        assertThat(read(json).maxPositions()).isEqualTo(context);
    }

    @Test
    void aWindowThatIsLeftOutIsThatOfTransformers() throws IOException {
        String qwen =
                QWEN2.replace("\"use_sliding_window\": false", "\"use_sliding_window\": true")
                        .replace("\"sliding_window\": 32768,", "");

        assertThat(read(MISTRAL.replace("\"sliding_window\": 4096,", "")).maxPositions())
                .isEqualTo(4096);
        assertThat(
                        read(qwen.replace("\"max_window_layers\": 24", "\"max_window_layers\": 20"))
                                .maxPositions())
                .isEqualTo(4096);
        assertThat(read(qwen.replace("\"max_window_layers\": 24,", "")).maxPositions())
                .isEqualTo(32768);
    }

    @ParameterizedTest
    @CsvSource({
        "'\"num_key_value_heads\": 8,', num_key_value_heads is missing",
        "'\"head_dim\": 128,', head_dim is missing",
        "'\"max_position_embeddings\": 40960,', max_position_embeddings is missing"
    })
    void whatOnlyLlamaHasDefaultsForMustBeSaid(String field, String problem) {
        assertThat(QWEN3).contains(field);
        assertThatThrownBy(() -> read(QWEN3.replace(field, "")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(problem);
    }
}
