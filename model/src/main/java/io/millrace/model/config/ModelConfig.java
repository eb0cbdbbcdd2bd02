package io.millrace.model.config;

import java.nio.file.Path;

/**
 * The shape of a decoder, as Hugging Face's {@code config.json} names it.
 *
 * @param family what sets it apart from Llama
 * @param vocabSize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param layers decoder blocks
 * @param heads query heads
 * @param kvHeads key and value heads; {@code heads} is a multiple of it (grouped-query attention)
 * @param headDim width of one head
 * @param intermediateSize width of the SwiGLU
 * @param normEps epsilon of RMSNorm
 * @param ropeTheta base of the rotary embedding
 * @param ropeScaling how the rotary embedding's frequencies are stretched
 * @param maxPositions longest sequence, in tokens; never longer than a sliding window
 * @param tiedEmbeddings whether the output projection is the embedding itself
 */
public record ModelConfig(
        Family family,
        int vocabSize,
        int hiddenSize,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int intermediateSize,
        double normEps,
        double ropeTheta,
        RopeScaling ropeScaling,
        int maxPositions,
        boolean tiedEmbeddings) {

    private static final int MAX_LAYERS = 1000;

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
        if (layers > MAX_LAYERS) {
            throw new IllegalArgumentException("num_hidden_layers must be at most " + MAX_LAYERS);
        }
        requireAddressable("num_attention_heads x head_dim", heads, headDim);
        requireAddressable("max_position_embeddings x head_dim", maxPositions, headDim);
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
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(field + " must be above 0");
        }
    }

    private static void requireAddressable(String fields, long one, long other) {
        if (one * other > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(fields + " must be below 2^31");
        }
    }

    /** A Llama whose rotary embedding is not stretched. */
    public ModelConfig(
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
        this(
                Family.LLAMA,
                vocabSize,
                hiddenSize,
                layers,
                heads,
                kvHeads,
                headDim,
                intermediateSize,
                normEps,
                ropeTheta,
                new RopeScaling.None(),
                maxPositions,
                tiedEmbeddings);
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws ModelException when it is missing, is not JSON, or describes a model that this
     *     decoder is not
     */
    public static ModelConfig read(Path directory) {
        return ConfigJson.read(directory);
    }

    /** This shape as the text of a {@code config.json} that transformers and vLLM read. */
    public String toJson() {
        return ConfigJson.write(this);
    }

    /** How many numbers the weights hold. */
    public long parameters() {
        long attention = 2L * hiddenSize * heads * headDim + 2L * hiddenSize * kvHeads * headDim;
        if (family.attentionBias()) {
            attention += (heads + 2L * kvHeads) * headDim;
        }
        if (family.headNorms()) {
            attention += 2L * headDim;
        }
        long mlp = 3L * hiddenSize * intermediateSize;
        long embeddings = (long) vocabSize * hiddenSize * (tiedEmbeddings ? 1 : 2);
        return embeddings + layers * (attention + mlp + 2L * hiddenSize) + hiddenSize;
    }
}
