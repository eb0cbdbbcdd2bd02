package io.millrace.model.lora;

import io.millrace.model.config.ConfigFile;
import io.millrace.model.config.ModelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link LoraConfig} from and to PEFT's {@code adapter_config.json}. Fields that change what an
 * adapter computes are understood or refused by name.
 *
 * @see <a href="https://huggingface.co/docs/peft/package_reference/lora">the fields</a>
 */
final class AdapterConfigJson {

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
                    "alora_invocation_tokens",
                    "use_bdlora",
                    "kasa_config",
                    "monteclora_config",
                    "arrow_config");

    private static final List<String> BASE_CHANGING_STARTS =
            List.of("pissa", "olora", "corda", "loftq", "lora_ga");

    private AdapterConfigJson() {}

    static String write(String base, LoraConfig lora) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("peft_type", "LORA");
        json.put("task_type", "CAUSAL_LM");
        json.put("base_model_name_or_path", base);
        json.put("r", lora.rank());
        json.put("lora_alpha", lora.alpha());
        json.put("lora_dropout", lora.dropout());
        json.put("bias", "none");
        json.put("fan_in_fan_out", false);
        json.put("use_rslora", lora.rankStabilised());
        json.put("use_dora", false);
        json.put("inference_mode", true);
        ArrayNode targets = json.putArray("target_modules");
        lora.targetModules().forEach(targets::add);
        return json.toPrettyString() + "\n";
    }

    static LoraConfig read(Path path) {
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
        String initial = file.get("init_lora_weights").asString("").toLowerCase(Locale.ROOT);
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
