package io.millrace.model.lora;

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
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
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

    /** An adapter's numbers: A and B of each target of each block, in order. */
    public record Lora(LoraConfig config, List<Tensor> tensors) {}

    /** One trained layer: {@code a (rank, in)}, {@code b (out, rank)}. */
    public record Slot(int block, Linear linear, Weights.Slot a, Weights.Slot b) {}

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

    /** Writes an adapter into an existing directory. */
    public static void write(Path directory, String base, Lora lora) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("peft_type", "LORA");
        json.put("task_type", "CAUSAL_LM");
        json.put("base_model_name_or_path", base);
        json.put("r", lora.config().rank());
        json.put("lora_alpha", lora.config().alpha());
        json.put("lora_dropout", 0.0);
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("use_rslora", false);
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
        Safetensors.write(directory.resolve(MODEL), lora.tensors(), DataType.F32);
    }

    /**
     * Reads an adapter made for a model of this shape.
     *
     * @throws ModelException when a file is missing or damaged, or the adapter fits another model
     */
    public static Lora read(Path directory, ModelConfig model) {
        LoraConfig config = readConfig(directory.resolve(CONFIG));
        List<Tensor> tensors = new ArrayList<>();
        try (Safetensors file = Safetensors.open(directory.resolve(MODEL))) {
            for (Slot slot : slots(model, config)) {
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

    private static LoraConfig readConfig(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ModelException(file + " is missing: name a PEFT adapter directory");
        }
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(file.toFile());
        } catch (JacksonException e) {
            throw new ModelException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!json.path("peft_type").asString("").equals("LORA")) {
            throw new ModelException(file + ": peft_type must be LORA");
        }
        for (String flag : new String[] {"use_dora", "use_rslora", "fan_in_fan_out"}) {
            if (json.path(flag).asBoolean(false)) {
                throw new ModelException(file + ": " + flag + " is not supported");
            }
        }
        if (!json.path("bias").asString("none").equals("none")
                || !json.path("modules_to_save").isEmpty()) {
            throw new ModelException(file + ": bias and modules_to_save are not supported");
        }
        List<String> targets =
                StreamSupport.stream(json.path("target_modules").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList();
        return new LoraConfig(
                json.path("r").asInt(0), json.path("lora_alpha").asDouble(0), targets);
    }
}
