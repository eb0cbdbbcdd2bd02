package io.millrace.model.lora;

import io.millrace.model.artefact.Digest;
import io.millrace.model.config.ConfigFile;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Linear;
import io.millrace.model.decoder.Weights;
import io.millrace.model.safetensors.DataType;
import io.millrace.model.safetensors.Safetensors;
import io.millrace.model.safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adapters in the files of Hugging Face's PEFT: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}, which vLLM loads too. The same adapter gives the same bytes.
 */
public final class LoraFiles {

    private static final String CONFIG = "adapter_config.json";
    private static final String MODEL = "adapter_model.safetensors";
    private static final String BASE_DIGEST = "base_sha256";

    private static final List<String> FOREIGN_FLAGS =
            List.of("use_dora", "use_qalora", "lora_bias", "fan_in_fan_out");

    private static final List<String> FOREIGN_FIELDS =
            List.of(
                    "modules_to_save",
                    "rank_pattern",
                    "alpha_pattern",
                    "layers_to_transform",
                    "layers_pattern",
                    "layer_replication",
                    "exclude_modules",
                    "target_parameters",
                    "trainable_token_indices",
                    "alora_invocation_tokens");

    private static final List<String> BASE_CHANGING_STARTS =
            List.of("pissa", "olora", "corda", "loftq", "lora_ga");

    /** An adapter's numbers: A and B of each target of each block, in order. */
    public record Lora(LoraConfig config, List<Tensor> tensors) {}

    /** One trained layer: {@code a (rank, in)}, {@code b (out, rank)}. */
    public record Slot(int block, Linear linear, Weights.Slot a, Weights.Slot b) {}

    /** What an adapter is trained beside: the numbers of another base make no sense of it. */
    public record Base(String name, Digest digest, ModelConfig config) {}

    private LoraFiles() {}

    /** Every trained layer of a model, in order. */
    public static List<Slot> slots(ModelConfig model, LoraConfig lora) {
        List<Slot> slots = new ArrayList<>();
        for (int block = 0; block < model.layers(); block++) {
            for (Linear linear : lora.targets()) {
                String name = "base_model.model." + Weights.blockName(block) + linear.path();
                slots.add(
                        new Slot(
                                block,
                                linear,
                                new Weights.Slot(
                                        name + ".lora_A.weight", lora.rank(), linear.inputs(model)),
                                new Weights.Slot(
                                        name + ".lora_B.weight",
                                        linear.outputs(model),
                                        lora.rank())));
            }
        }
        return slots;
    }

    /** Writes an adapter of a base into an existing directory. */
    public static void write(Path directory, Base base, Lora lora) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("peft_type", "LORA");
        json.put("task_type", "CAUSAL_LM");
        json.put("base_model_name_or_path", base.name());
        json.put("r", lora.config().rank());
        json.put("lora_alpha", lora.config().alpha());
        json.put("lora_dropout", lora.config().dropout());
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("use_rslora", lora.config().rankStabilised());
        json.put("use_dora", false);
        json.put("inference_mode", true);
        ArrayNode targets = json.putArray("target_modules");
        lora.config().targetModules().forEach(targets::add);
        try {
            Files.writeString(directory.resolve(CONFIG), json.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new ModelException(
                    directory + ": can't write " + CONFIG + ": " + e.getMessage(), e);
        }
        Safetensors.write(
                directory.resolve(MODEL),
                lora.tensors(),
                DataType.F32,
                Map.of(BASE_DIGEST, base.digest().hex()));
    }

    /**
     * Reads an adapter of a base. Where its file tells the base's digest, it must be this one.
     *
     * @throws ModelException when a file is missing or damaged, or the adapter fits another model
     */
    public static Lora read(Path directory, Base base) {
        LoraConfig config = readConfig(directory.resolve(CONFIG));
        List<Tensor> tensors = new ArrayList<>();
        try (Safetensors file = Safetensors.open(directory.resolve(MODEL))) {
            String trainedOn = file.metadata().getOrDefault(BASE_DIGEST, base.digest().hex());
            if (!trainedOn.equals(base.digest().hex())) {
                throw new ModelException(
                        directory
                                + " adapts another base (sha256 "
                                + trainedOn
                                + ") than "
                                + base.name()
                                + " (sha256 "
                                + base.digest()
                                + "): open the base it was trained on");
            }
            for (Slot slot : slots(base.config(), config)) {
                tensors.add(file.read(slot.a().name(), slot.a().shape()));
                tensors.add(file.read(slot.b().name(), slot.b().shape()));
            }
            if (file.names().size() != tensors.size()) {
                throw new ModelException(
                        directory
                                + " adapts layers that "
                                + CONFIG
                                + " does not name, or more blocks than the base has");
            }
        }
        return new Lora(config, tensors);
    }

    static LoraConfig readConfig(Path path) {
        ConfigFile file = ConfigFile.read(path, "name a PEFT adapter directory");
        if (!file.text("peft_type", "").equals("LORA")) {
            throw file.fault("peft_type must be LORA");
        }
        refuseOthers(file);
        int rank = file.integer("r");
        double alpha = file.number("lora_alpha");
        double dropout = file.number("lora_dropout", 0);
        boolean rankStabilised = file.flag("use_rslora");
        List<String> targets = targets(file);
        try {
            return new LoraConfig(rank, alpha, dropout, rankStabilised, targets);
        } catch (ModelException e) {
            throw file.fault(String.valueOf(e.getMessage()));
        }
    }

    /** Whatever would make the layers, or the base beside them, others than those read here. */
    private static void refuseOthers(ConfigFile file) {
        for (String flag : FOREIGN_FLAGS) {
            if (file.flag(flag)) {
                throw file.fault(flag + " is not supported; use an adapter without it");
            }
        }
        for (String field : FOREIGN_FIELDS) {
            JsonNode value = file.get(field);
            if (file.has(field) && !(value.isContainer() && value.isEmpty())) {
                throw file.fault(field + " is not supported; use an adapter without it");
            }
        }
        if (!file.text("bias", "none").equals("none")) {
            throw file.fault("bias is not supported; use an adapter whose bias is none");
        }
        String initial = file.get("init_lora_weights").asString("");
        if (BASE_CHANGING_STARTS.stream().anyMatch(initial::startsWith)) {
            throw file.fault(
                    "init_lora_weights '"
                            + initial
                            + "' changed the base that the adapter stands beside; save it with"
                            + " PEFT's path_initial_model_for_weight_conversion");
        }
    }

    private static List<String> targets(ConfigFile file) {
        JsonNode targets = file.get("target_modules");
        if (!targets.isString()) {
            return targets.valueStream().map(target -> target.asString("")).toList();
        }
        if (!targets.stringValue().equals("all-linear")) {
            throw file.fault(
                    "target_modules is the pattern '"
                            + targets.stringValue()
                            + "'; write a list of names such as q_proj, or all-linear");
        }
        return LoraConfig.ALL;
    }
}
