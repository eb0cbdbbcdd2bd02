package io.millrace.model.config;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link ModelConfig} from and to {@code config.json}. Fields that change what a model computes
 * are understood or refused by name. One that is left out has the value that transformers gives it,
 * or is asked for where that is the shape of one certain model.
 */
final class ConfigJson {

    /** What transformers takes where a file does not say. */
    private static final int DEFAULT_WINDOW = 4096;

    private static final int DEFAULT_LAYERS_BEFORE_WINDOW = 28;

    private static final String SLIDING = "sliding_attention";

    private ConfigJson() {}

    static ModelConfig read(Path directory) {
        ConfigFile file =
                ConfigFile.read(
                        directory.resolve("config.json"),
                        "name a Hugging Face model directory (config.json, model.safetensors,"
                                + " tokenizer.json)");
        Family family = family(file);
        refuseOthers(file, family);
        try {
            return read(file, family);
        } catch (IllegalArgumentException e) {
            throw file.fault(String.valueOf(e.getMessage()));
        }
    }

    private static Family family(ConfigFile file) {
        if (file.has("auto_map")) {
            throw file.fault(
                    "auto_map names code that would have to be run; use a model that needs none");
        }
        String architecture = file.get("architectures").path(0).asString("");
        Family family =
                Family.named(architecture)
                        .orElseThrow(() ->
                                file.fault(
                                        "architecture '"
                                                + architecture
                                                + "' is not supported; use one of "
                                                + Family.names()));
        String type = file.text("model_type", family.modelType());
        if (!type.equals(family.modelType())) {
            throw file.fault("model_type '" + type + "' is not that of a " + architecture);
        }
        return family;
    }

    private static void refuseOthers(ConfigFile file, Family family) {
        if (file.has("quantization_config")) {
            throw file.fault("quantization_config is not supported; use a model without it");
        }
        if (!family.attentionBias() && file.flag("attention_bias")) {
            throw file.fault(
                    "attention_bias is not supported in a "
                            + family.architecture()
                            + "; use a model without it");
        }
        for (String field : List.of("mlp_bias", "rope_interleaved", "use_mrope")) {
            if (file.flag(field)) {
                throw file.fault(field + " is not supported; use a model without it");
            }
        }
        if (!file.text("hidden_act", "silu").equals("silu")) {
            throw file.fault("hidden_act must be silu");
        }
        for (String type : layerTypes(file)) {
            if (!type.equals("full_attention") && !type.equals(SLIDING)) {
                throw file.fault("layer_types has '" + type + "', which is not supported");
            }
        }
    }

    private static List<String> layerTypes(ConfigFile file) {
        return file.get("layer_types").valueStream().map(type -> type.asString("")).toList();
    }

    private static ModelConfig read(ConfigFile file, Family family) {
        int hidden = file.integer("hidden_size");
        int heads = file.integer("num_attention_heads");
        int layers = file.integer("num_hidden_layers");
        ConfigFile rope = rope(file);
        return new ModelConfig(
                family,
                file.integer("vocab_size"),
                hidden,
                layers,
                heads,
                family == Family.LLAMA
                        ? file.integer("num_key_value_heads", heads)
                        : file.integer("num_key_value_heads"),
                family == Family.QWEN3
                        ? file.integer("head_dim")
                        : file.integer("head_dim", hidden / Math.max(heads, 1)),
                file.integer("intermediate_size"),
                file.number("rms_norm_eps", 1e-6),
                rope.number("rope_theta", file.number("rope_theta", 10_000)),
                ropeScaling(rope),
                Math.min(positions(file, family), window(file, family, layers)),
                file.flag("tie_word_embeddings"));
    }

    private static int positions(ConfigFile file, Family family) {
        return family == Family.LLAMA
                ? file.integer("max_position_embeddings", 2048)
                : file.integer("max_position_embeddings");
    }

    /**
     * The tokens that a position sees at most. A sequence no longer than the window is the same
     * with and without it, so the window bounds the context and attention needs no second mask.
     */
    private static int window(ConfigFile file, Family family, int layers) {
        boolean slides =
                switch (family) {
                    case LLAMA, MISTRAL -> true;
                    case QWEN2, QWEN3 ->
                            file.flag("use_sliding_window") && anyLayerSlides(file, layers);
                };
        boolean unsaid = file.get("sliding_window").isMissingNode() && family != Family.LLAMA;
        int window = file.integer("sliding_window", unsaid ? DEFAULT_WINDOW : Integer.MAX_VALUE);
        if (window < 1) {
            throw file.fault("sliding_window must be above 0");
        }
        return slides ? window : Integer.MAX_VALUE;
    }

    private static boolean anyLayerSlides(ConfigFile file, int layers) {
        List<String> types = layerTypes(file);
        return types.isEmpty()
                ? file.integer("max_window_layers", DEFAULT_LAYERS_BEFORE_WINDOW) < layers
                : types.contains(SLIDING);
    }

    /** Its place since transformers 5 is {@code rope_parameters}; before, {@code rope_scaling}. */
    private static ConfigFile rope(ConfigFile file) {
        if (file.has("rope_scaling") && file.has("rope_parameters")) {
            throw file.fault("rope_scaling and rope_parameters are both there; keep one");
        }
        ConfigFile rope =
                file.object(file.has("rope_scaling") ? "rope_scaling" : "rope_parameters");
        if (rope.has("full_attention") || rope.has(SLIDING)) {
            throw rope.fault("a rotary embedding for each type of layer is not supported");
        }
        if (Stream.of(file, rope).anyMatch(f -> f.number("partial_rotary_factor", 1) != 1)) {
            throw file.fault("partial_rotary_factor is not supported; use a model without it");
        }
        return rope;
    }

    private static RopeScaling ropeScaling(ConfigFile rope) {
        String type = rope.text("rope_type", rope.text("type", "default"));
        return switch (type) {
            case "default" -> new RopeScaling.None();
            case "linear" -> new RopeScaling.Linear(rope.number("factor"));
            case "llama3" ->
                    new RopeScaling.Llama3(
                            rope.number("factor"),
                            rope.number("low_freq_factor"),
                            rope.number("high_freq_factor"),
                            rope.integer("original_max_position_embeddings"));
            default ->
                    throw rope.fault(
                            "rope_type '"
                                    + type
                                    + "' is not supported; use default, linear or llama3");
        };
    }

    static String write(ModelConfig config) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putArray("architectures").add(config.family().architecture());
        json.put("model_type", config.family().modelType());
        json.put("vocab_size", config.vocabSize());
        json.put("hidden_size", config.hiddenSize());
        json.put("num_hidden_layers", config.layers());
        json.put("num_attention_heads", config.heads());
        json.put("num_key_value_heads", config.kvHeads());
        json.put("head_dim", config.headDim());
        json.put("intermediate_size", config.intermediateSize());
        json.put("hidden_act", "silu");
        json.put("rms_norm_eps", config.normEps());
        json.put("rope_theta", config.ropeTheta());
        write(json, config.ropeScaling());
        json.put("max_position_embeddings", config.maxPositions());
        if (config.family() == Family.MISTRAL) {
            json.putNull("sliding_window"); // left out, it would be DEFAULT_WINDOW
        }
        json.put("tie_word_embeddings", config.tiedEmbeddings());
        json.put("attention_bias", config.family().attentionBias());
        json.put("mlp_bias", false);
        json.put("dtype", "bfloat16");
        json.put("torch_dtype", "bfloat16");
        return json.toPrettyString() + "\n";
    }

    private static void write(ObjectNode json, RopeScaling scaling) {
        switch (scaling) {
            case RopeScaling.None() -> {}
            case RopeScaling.Linear(double factor) ->
                    json.putObject("rope_scaling").put("rope_type", "linear").put("factor", factor);
            case RopeScaling.Llama3(double factor, double low, double high, int original) ->
                    json.putObject("rope_scaling")
                            .put("rope_type", "llama3")
                            .put("factor", factor)
                            .put("low_freq_factor", low)
                            .put("high_freq_factor", high)
                            .put("original_max_position_embeddings", original);
        }
    }
}
