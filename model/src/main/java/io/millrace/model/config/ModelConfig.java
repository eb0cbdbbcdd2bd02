package io.millrace.model.config;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape of a Llama-family decoder, as Hugging Face's {@code config.json} names it.
 *
 * @param vocabSize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param layers decoder blocks
 * @param heads query heads
 * @param kvHeads key and value heads; {@code heads} is a multiple of it (grouped-query attention)
 * @param headDim width of one head
 * @param intermediateSize width of the SwiGLU
 * @param normEps epsilon of RMSNorm
 * @param ropeTheta base of the rotary embedding
 * @param maxPositions longest sequence, in tokens
 * @param tiedEmbeddings whether the output projection is the embedding itself
 */
public record ModelConfig(
        int vocabSize,
        int hiddenSize,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int intermediateSize,
        double normEps,
        double ropeTheta,
        int maxPositions,
        boolean tiedEmbeddings) {

    private static final String ARCHITECTURE = "LlamaForCausalLM";

    public ModelConfig {
        requirePositive("vocab_size", vocabSize);
        requirePositive("hidden_size", hiddenSize);
        requirePositive("num_hidden_layers", layers);
        requirePositive("num_attention_heads", heads);
        requirePositive("num_key_value_heads", kvHeads);
        requirePositive("head_dim", headDim);
        requirePositive("intermediate_size", intermediateSize);
        requirePositive("rms_norm_eps", normEps);
        requirePositive("rope_theta", ropeTheta);
        requirePositive("max_position_embeddings", maxPositions);
        if (heads % kvHeads != 0) {
            throw new IllegalArgumentException(
                    "num_attention_heads must be a multiple of num_key_value_heads");
        }
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException(
                    "head_dim must be even: rotary embedding turns pairs");
        }
    }

    private static void requirePositive(String field, double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException(field + " must be above 0");
        }
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws ModelException when it is missing, is not JSON, or describes a model that this
     *     decoder is not
     */
    public static ModelConfig read(Path directory) {
        ConfigFile file =
                ConfigFile.read(
                        directory.resolve("config.json"),
                        "name a Hugging Face model directory (config.json, model.safetensors,"
                                + " tokenizer.json)");
        refuseOthers(file);
        try {
            return from(file);
        } catch (IllegalArgumentException e) {
            throw file.fault(String.valueOf(e.getMessage()));
        }
    }

    private static ModelConfig from(ConfigFile file) {
        int hidden = file.integer("hidden_size");
        int heads = file.integer("num_attention_heads");
        return new ModelConfig(
                file.integer("vocab_size"),
                hidden,
                file.integer("num_hidden_layers"),
                heads,
                file.integer("num_key_value_heads", heads),
                file.integer("head_dim", hidden / Math.max(heads, 1)),
                file.integer("intermediate_size"),
                file.number("rms_norm_eps", 1e-6),
                ropeTheta(file),
                file.integer("max_position_embeddings", 2048),
                file.flag("tie_word_embeddings"));
    }

    /** Its place since transformers 5 is {@code rope_parameters}; before, the top level. */
    private static double ropeTheta(ConfigFile file) {
        ConfigFile rope = file.object("rope_parameters");
        if (!rope.text("rope_type", "default").equals("default")) {
            throw rope.fault("only rope_type 'default' is supported");
        }
        return rope.number("rope_theta", file.number("rope_theta", 10_000));
    }

    private static void refuseOthers(ConfigFile file) {
        String architecture = file.get("architectures").path(0).asString("");
        if (!architecture.equals(ARCHITECTURE)) {
            throw file.fault(
                    "architecture '" + architecture + "' is not supported; use a " + ARCHITECTURE);
        }
        for (String field : List.of("rope_scaling", "auto_map", "quantization_config")) {
            if (file.has(field)) {
                throw file.fault(field + " is not supported; use a model without it");
            }
        }
        for (String field : List.of("attention_bias", "mlp_bias", "rope_interleaved")) {
            if (file.flag(field)) {
                throw file.fault(field + " is not supported; use a model without it");
            }
        }
        if (!file.text("hidden_act", "silu").equals("silu")) {
            throw file.fault("hidden_act must be silu");
        }
    }

    /** This shape as the text of a {@code config.json} that transformers and vLLM read. */
    public String toJson() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putArray("architectures").add(ARCHITECTURE);
        json.put("model_type", "llama");
        json.put("vocab_size", vocabSize);
        json.put("hidden_size", hiddenSize);
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", heads);
        json.put("num_key_value_heads", kvHeads);
        json.put("head_dim", headDim);
        json.put("intermediate_size", intermediateSize);
        json.put("hidden_act", "silu");
        json.put("rms_norm_eps", normEps);
        json.put("rope_theta", ropeTheta);
        json.put("max_position_embeddings", maxPositions);
        json.put("tie_word_embeddings", tiedEmbeddings);
        json.put("attention_bias", false);
        json.put("mlp_bias", false);
        json.put("dtype", "bfloat16");
        json.put("torch_dtype", "bfloat16");
        return json.toPrettyString() + "\n";
    }

    /** How many numbers the weights hold. */
    public long parameters() {
        long attention = 2L * hiddenSize * heads * headDim + 2L * hiddenSize * kvHeads * headDim;
        long mlp = 3L * hiddenSize * intermediateSize;
        long embeddings = (long) vocabSize * hiddenSize * (tiedEmbeddings ? 1 : 2);
        return embeddings + layers * (attention + mlp + 2L * hiddenSize) + hiddenSize;
    }
}
