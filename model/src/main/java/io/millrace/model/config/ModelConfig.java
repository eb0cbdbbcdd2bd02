package io.millrace.model.config;

import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
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
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    public ModelConfig {
        requirePositive("vocab_size", vocabSize);
        requirePositive("hidden_size", hiddenSize);
        requirePositive("num_hidden_layers", layers);
        requirePositive("num_attention_heads", heads);
        requirePositive("num_key_value_heads", kvHeads);
        requirePositive("head_dim", headDim);
        requirePositive("intermediate_size", intermediateSize);
        requirePositive("max_position_embeddings", maxPositions);
        if (heads % kvHeads != 0) {
            throw new ModelException(
                    "num_attention_heads must be a multiple of num_key_value_heads");
        }
        if (headDim % 2 != 0) {
            throw new ModelException("head_dim must be even: rotary embedding turns pairs");
        }
    }

    private static void requirePositive(String field, int value) {
        if (value <= 0) {
            throw new ModelException("config.json: " + field + " must be a positive integer");
        }
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws ModelException when it is missing, is not JSON, or describes a model that this
     *     decoder is not
     */
    public static ModelConfig read(Path directory) {
        Path file = directory.resolve("config.json");
        if (!Files.isRegularFile(file)) {
            throw new ModelException(
                    file
                            + " is missing: name a Hugging Face model directory (config.json, model.safetensors,"
                            + " tokenizer.json)");
        }
        JsonNode json;
        try {
            json = JSON.readTree(file.toFile());
        } catch (JacksonException e) {
            throw new ModelException(file + " is not JSON: " + e.getOriginalMessage(), e);
        }
        refuseOthers(file, json);
        int hidden = integer(file, json, "hidden_size");
        int heads = integer(file, json, "num_attention_heads");
        return new ModelConfig(
                integer(file, json, "vocab_size"),
                hidden,
                integer(file, json, "num_hidden_layers"),
                heads,
                json.path("num_key_value_heads").asInt(heads),
                json.path("head_dim").asInt(hidden / heads),
                integer(file, json, "intermediate_size"),
                json.path("rms_norm_eps").asDouble(1e-6),
                json.path("rope_theta").asDouble(10_000),
                json.path("max_position_embeddings").asInt(2048),
                json.path("tie_word_embeddings").asBoolean(false));
    }

    private static void refuseOthers(Path file, JsonNode json) {
        String architecture = json.path("architectures").path(0).asString("");
        if (!architecture.equals(ARCHITECTURE)) {
            throw new ModelException(
                    file
                            + ": architecture '"
                            + architecture
                            + "' is not supported; use a "
                            + ARCHITECTURE);
        }
        for (String field : new String[] {"rope_scaling", "auto_map", "quantization_config"}) {
            if (json.hasNonNull(field)) {
                throw new ModelException(
                        file + ": " + field + " is not supported; use a model without it");
            }
        }
        for (String field : new String[] {"attention_bias", "mlp_bias"}) {
            if (json.path(field).asBoolean(false)) {
                throw new ModelException(
                        file + ": " + field + " is not supported; use a model without biases");
            }
        }
        if (!json.path("hidden_act").asString("silu").equals("silu")) {
            throw new ModelException(file + ": hidden_act must be silu");
        }
    }

    private static int integer(Path file, JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber()) {
            throw new ModelException(file + ": " + field + " is missing or not an integer");
        }
        return value.asInt();
    }

    /** This shape as the text of a {@code config.json} that transformers and vLLM read. */
    public String toJson() {
        ObjectNode json = JSON.createObjectNode();
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
