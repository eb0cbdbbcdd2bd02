package io.millrace.model.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.TinyModel;
import io.millrace.model.artefact.Digest;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LoraFilesTest {

    private static final LoraFiles.Base BASE =
            new LoraFiles.Base("base", Digest.of(new byte[] {1}), TinyModel.config());
    private static final LoraConfig SOME =
            new LoraConfig(8, 16, List.of("v_proj", "q_proj", "down_proj"));

    /** What vLLM reads of the configuration, apart from what makes it refuse. */
    private static final String WHOLE =
            """
            {"peft_type": "LORA", "task_type": "CAUSAL_LM", "base_model_name_or_path": "base",
             "r": 8, "lora_alpha": 16, "lora_dropout": 0.0, "bias": "none",
             "target_modules": ["q_proj", "v_proj", "down_proj"], "inference_mode": true,
             "fan_in_fan_out": false, "modules_to_save": null, "use_rslora": false,
             "use_dora": false, "alpha_pattern": {}, "rank_pattern": {}, "extra_key": 1}
            """;

    /** As PEFT 0.21 writes it. */
    private static final String OF_PEFT =
            """
            {"alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null,
             "auto_mapping": null, "base_model_name_or_path": "base", "bias": "none",
             "corda_config": null, "ensure_weight_tying": false, "eva_config": null,
             "exclude_modules": null, "fan_in_fan_out": false, "inference_mode": true,
             "init_lora_weights": true, "kasa_config": null, "layer_replication": null,
             "layers_pattern": null, "layers_to_transform": null, "loftq_config": {},
             "lora_alpha": 16, "lora_bias": false, "lora_dropout": 0.1, "lora_ga_config": null,
             "megatron_config": null, "megatron_core": "megatron.core", "modules_to_save": null,
             "monteclora_config": null, "peft_type": "LORA", "peft_version": "0.21.0",
             "qalora_group_size": 16, "r": 8, "rank_pattern": {}, "revision": null,
             "target_modules": ["mlp.down_proj", "v_proj", "self_attn.q_proj"],
             "target_parameters": null, "task_type": "CAUSAL_LM",
             "trainable_token_indices": null, "use_bdlora": null, "use_dora": false,
             "use_qalora": false, "use_rslora": true, "velora_config": null}
            """;

    @TempDir Path directory;

    @BeforeEach
    void writeAdapter() {
        LoraFiles.write(directory, BASE, new LoraFiles.Lora(SOME, tensors(SOME, BASE.config())));
    }

    private static List<Tensor> tensors(LoraConfig lora, ModelConfig model) {
        List<Tensor> tensors = new ArrayList<>();
        for (LoraFiles.Slot slot : LoraFiles.slots(model, lora)) {
            for (Weights.Slot half : List.of(slot.a(), slot.b())) {
                float[] values = new float[(int) (half.shape()[0] * half.shape()[1])];
                values[0] = tensors.size() + 1;
                tensors.add(new Tensor(half.name(), half.shape(), values));
            }
        }
        return tensors;
    }

    @Test
    void anAdapterComesBack() {
        LoraFiles.Lora read = LoraFiles.read(directory, BASE);

        assertThat(read.config()).isEqualTo(SOME);
        assertThat(read.tensors())
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(tensors(SOME, BASE.config()));
    }

    @Test
    void namesAndShapesAreThoseOfPeft() {
        try (Safetensors file = Safetensors.open(directory.resolve("adapter_model.safetensors"))) {
            assertThat(file.names())
                    .hasSize(12)
                    .contains(
                            "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight",
                            "base_model.model.model.layers.1.self_attn.v_proj.lora_B.weight",
                            "base_model.model.model.layers.1.mlp.down_proj.lora_A.weight");
            String down = "base_model.model.model.layers.1.mlp.down_proj.";
            assertThat(file.read(down + "lora_A.weight", 8, 48).values()).hasSize(8 * 48);
            assertThat(file.read(down + "lora_B.weight", 32, 8).values()).hasSize(32 * 8);
            String value = "base_model.model.model.layers.0.self_attn.v_proj.";
            assertThat(file.read(value + "lora_B.weight", 16, 8).values()).hasSize(16 * 8);
        }
    }

    @Test
    void theConfigurationIsOneThatVllmAccepts() throws IOException {
        JsonNode json =
                JsonMapper.shared()
                        .readTree(Files.readString(directory.resolve("adapter_config.json")));

        assertThat(json.path("peft_type").asString()).isEqualTo("LORA");
        assertThat(json.path("task_type").asString()).isEqualTo("CAUSAL_LM");
        assertThat(json.path("base_model_name_or_path").asString()).isEqualTo("base");
        assertThat(json.path("r").intValue()).isEqualTo(8);
        assertThat(json.path("lora_alpha").doubleValue()).isEqualTo(16);
        assertThat(json.path("bias").asString()).isEqualTo("none");
        assertThat(json.path("use_dora").booleanValue()).isFalse();
        assertThat(json.path("use_rslora").booleanValue()).isFalse();
        assertThat(json.hasNonNull("modules_to_save")).isFalse();
        assertThat(json.path("target_modules").valueStream().map(JsonNode::asString))
                .containsExactly("q_proj", "v_proj", "down_proj");
    }

    @Test
    void theSameAdapterGivesTheSameBytes(@TempDir Path again) {
        LoraFiles.write(again, BASE, new LoraFiles.Lora(SOME, tensors(SOME, BASE.config())));

        for (String file : Set.of("adapter_config.json", "adapter_model.safetensors")) {
            assertThat(again.resolve(file)).hasSameBinaryContentAs(directory.resolve(file));
        }
    }

    @Test
    void aConfigurationWithForeignFieldsIsRead() throws IOException {
        Files.writeString(directory.resolve("adapter_config.json"), WHOLE);

        assertThat(LoraFiles.read(directory, BASE).config()).isEqualTo(SOME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"layers_to_transform\": null",
                "\"layers_pattern\": []",
                "\"exclude_modules\": null",
                "\"init_lora_weights\": true",
                "\"init_lora_weights\": \"gaussian\""
            })
    void aFieldThatChangesNothingIsPassedOver(String field) throws IOException {
        Files.writeString(
                directory.resolve("adapter_config.json"), WHOLE.replace("\"extra_key\": 1", field));

        assertThat(LoraFiles.read(directory, BASE).config()).isEqualTo(SOME);
    }

    @Test
    void dropoutAndAStabilisedRankAreWrittenAndRead() throws IOException {
        LoraConfig other = new LoraConfig(8, 16, 0.1, true, SOME.targetModules());
        LoraFiles.write(directory, BASE, new LoraFiles.Lora(other, tensors(SOME, BASE.config())));

        assertThat(Files.readString(directory.resolve("adapter_config.json")))
                .contains("\"use_rslora\" : true", "\"lora_dropout\" : 0.1");
        assertThat(LoraFiles.read(directory, BASE).config()).isEqualTo(other);
    }

    @Test
    void aConfigurationOfPeftsIsRead() throws IOException {
        Files.writeString(directory.resolve("adapter_config.json"), OF_PEFT);

        assertThat(LoraFiles.read(directory, BASE).config())
                .isEqualTo(new LoraConfig(8, 16, 0.1, true, SOME.targetModules()));
    }

    @Test
    void allLinearNamesEveryLayer(@TempDir Path all) throws IOException {
        LoraConfig every = LoraConfig.allLinear(8, 16);
        LoraFiles.write(all, BASE, new LoraFiles.Lora(every, tensors(every, BASE.config())));
        Files.writeString(
                all.resolve("adapter_config.json"),
                WHOLE.replace("[\"q_proj\", \"v_proj\", \"down_proj\"]", "\"all-linear\""));

        assertThat(LoraFiles.read(all, BASE).config()).isEqualTo(every);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"LORA\" | \"LOHA\" | peft_type must be LORA",
                "\"peft_type\": \"LORA\", | | peft_type must be LORA",
                "\"r\": 8, | | r is missing or not an integer",
                "\"r\": 8 | \"r\": 0 | r must be at least 1",
                "\"r\": 8 | \"r\": 8.5 | r is missing or not an integer",
                "\"lora_alpha\": 16, | | lora_alpha is missing or not a number",
                "\"lora_alpha\": 16 | \"lora_alpha\": -1 | lora_alpha must be a number above 0",
                "\"target_modules\" | \"modules\" | target_modules must name at least one",
                "\"v_proj\" | \"lm_head\" | target_modules has 'lm_head', which is no linear layer"
                        + " of a block; use q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj,"
                        + " down_proj",
                "\"v_proj\" | \"model.layers.0.self_attn.v_proj\" | target_modules has"
                        + " 'model.layers.0.self_attn.v_proj'",
                "\"v_proj\" | [\"v_proj\"] | target_modules has ''",
                "[\"q_proj\", \"v_proj\", \"down_proj\"] | \".*proj\" | target_modules is the"
                        + " pattern '.*proj'; write a list of names such as q_proj, or all-linear",
                "\"bias\": \"none\" | \"bias\": \"lora_only\" | bias is not supported",
                "\"use_dora\": false | \"use_dora\": true | use_dora is not supported",
                "\"use_rslora\": false | \"use_rslora\": 1 | use_rslora must be true or false",
                "\"lora_dropout\": 0.0 | \"lora_dropout\": 1 | lora_dropout must be from 0 to below 1",
                "\"extra_key\": 1 | \"use_qalora\": true | use_qalora is not supported",
                "\"extra_key\": 1 | \"lora_bias\": true | lora_bias is not supported",
                "\"extra_key\": 1 | \"layers_to_transform\": 0 | layers_to_transform is not"
                        + " supported; use an adapter without it",
                "\"extra_key\": 1 | \"layers_to_transform\": [0] | layers_to_transform is not",
                "\"extra_key\": 1 | \"layers_pattern\": \"h\" | layers_pattern is not",
                "\"extra_key\": 1 | \"exclude_modules\": [\"v_proj\"] | exclude_modules is not",
                "\"extra_key\": 1 | \"layer_replication\": [[0, 2]] | layer_replication is not",
                "\"extra_key\": 1 | \"kasa_config\": {\"beta\": 0.1} | kasa_config is not supported",
                "\"extra_key\": 1 | \"init_lora_weights\": \"OLoRA\" | init_lora_weights 'olora'",
                "\"extra_key\": 1 | \"init_lora_weights\": \"pissa_niter_4\" | init_lora_weights"
                        + " 'pissa_niter_4' changed the base",
                "\"modules_to_save\": null | \"modules_to_save\": [\"lm_head\"] | modules_to_save"
                        + " is not supported",
                "\"modules_to_save\": null | \"modules_to_save\": \"lm_head\" | modules_to_save"
                        + " is not supported",
                "\"alpha_pattern\": {} | \"alpha_pattern\": {\"q_proj\": 3} | alpha_pattern is not"
                        + " supported"
            })
    void aConfigurationThatThisIsNotIsRefused(String field, String instead, String problem)
            throws IOException {
        assertThat(WHOLE).contains(field);
        Files.writeString(
                directory.resolve("adapter_config.json"),
                WHOLE.replace(field, instead == null ? "" : instead));

        assertRefused(BASE, "adapter_config.json: " + problem);
    }

    @Test
    void anAdapterOfAnotherBaseIsRefused() {
        LoraFiles.Base retrained =
                new LoraFiles.Base("other", Digest.of(new byte[] {2}), BASE.config());

        assertRefused(retrained, directory + " adapts another base");
    }

    @Test
    void anAdapterThatDoesNotTellItsBaseMustStillFitIt() {
        Safetensors.write(
                directory.resolve("adapter_model.safetensors"),
                tensors(SOME, BASE.config()),
                DataType.BF16);
        ModelConfig wider = new ModelConfig(320, 64, 2, 4, 2, 8, 48, 1e-5, 1e4, 128, true);
        ModelConfig deeper = new ModelConfig(320, 32, 3, 4, 2, 8, 48, 1e-5, 1e4, 128, true);
        ModelConfig shallower = new ModelConfig(320, 32, 1, 4, 2, 8, 48, 1e-5, 1e4, 128, true);

        assertThat(LoraFiles.read(directory, BASE).config()).isEqualTo(SOME);
        assertRefused(new LoraFiles.Base("x", BASE.digest(), wider), "q_proj.lora_A.weight has");
        assertRefused(new LoraFiles.Base("x", BASE.digest(), deeper), "has no tensor");
        assertRefused(new LoraFiles.Base("x", BASE.digest(), shallower), "more blocks than");
    }

    @Test
    void brokenNumbersAreRefused() throws IOException {
        Path file = directory.resolve("adapter_model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] = 0x7F;
        bytes[bytes.length - 2] = (byte) 0x80; // infinity
        Files.write(file, bytes);

        assertRefused(BASE, "down_proj.lora_B.weight holds NaN or infinity");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(directory.resolve("adapter_model.safetensors"));
        assertRefused(BASE, directory.resolve("adapter_model.safetensors") + " is missing");
        Files.delete(directory.resolve("adapter_config.json"));
        assertRefused(BASE, directory.resolve("adapter_config.json") + " is missing");
    }

    private void assertRefused(LoraFiles.Base base, String problem) {
        assertThatThrownBy(() -> LoraFiles.read(directory, base))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }
}
