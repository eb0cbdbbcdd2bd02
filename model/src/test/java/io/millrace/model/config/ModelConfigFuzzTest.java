package io.millrace.model.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.model.FuzzedDirectory;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as {@code config.json}. */
class ModelConfigFuzzTest {

    private static final FuzzedDirectory DIRECTORY = new FuzzedDirectory("config.json");

    static Stream<Arguments> configs() {
        String whole = new ModelConfig(300, 64, 2, 4, 2, 16, 96, 1e-5, 1e5, 256, true).toJson();
        String nested =
                """
                {"architectures": ["LlamaForCausalLM"], "hidden_size": 64, "intermediate_size": 96,
                 "num_attention_heads": 4, "num_hidden_layers": 2, "vocab_size": 300, "hidden_act": "silu",
                 "rope_parameters": {"rope_type": "default", "rope_theta": 1e4}, "mlp_bias": false}
                """;
        String windowed =
                """
                {"architectures": ["Qwen2ForCausalLM"], "hidden_size": 64, "intermediate_size": 96,
                 "num_attention_heads": 4, "num_hidden_layers": 2, "num_key_value_heads": 2, "vocab_size": 300,
                 "max_position_embeddings": 64, "use_sliding_window": true, "sliding_window": 16,
                 "layer_types": ["full_attention", "sliding_attention"],
                 "rope_scaling": {"type": "linear", "factor": 2}}
                """;
        return Stream.of(whole, nested, windowed, stretched().toJson())
                .map(json -> Arguments.of((Object) json.getBytes(UTF_8)));
    }

    private static ModelConfig stretched() {
        RopeScaling scaling = new RopeScaling.Llama3(8, 1, 4, 64);
        return new ModelConfig(
                Family.MISTRAL, 300, 64, 2, 4, 2, 16, 96, 1e-5, 1e5, scaling, 256, true);
    }

    @MethodSource("configs")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreAShapeThatIsWrittenTheSameAgainOrRefused(byte[] input) throws IOException {
        ModelConfig config;
        try {
            config = ModelConfig.read(DIRECTORY.with(input));
        } catch (ModelException e) {
            assertThat(e.getMessage()).startsWith(DIRECTORY.file().toString());
            return;
        }
        assertThat(ModelConfig.read(DIRECTORY.with(config.toJson().getBytes(UTF_8))))
                .isEqualTo(config);
    }
}
