package io.millrace.model.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The model families that the decoder runs. All share Llama's arrangement; what sets one apart is
 * said here.
 */
public enum Family {
    /**
     * Llama 2 and 3, SmolLM2, TinyLlama.
     *
     * @see <a href="https://arxiv.org/abs/2407.21783">Grattafiori et al. 2024</a>
     */
    LLAMA("LlamaForCausalLM", "llama"),

    /**
     * Qwen2 and Qwen2.5: queries, keys and values have biases.
     *
     * @see <a href="https://arxiv.org/abs/2407.10671">Yang et al. 2024</a>
     */
    QWEN2("Qwen2ForCausalLM", "qwen2"),

    /**
     * Qwen3: each head of queries and keys passes an RMSNorm before it turns.
     *
     * @see <a href="https://arxiv.org/abs/2505.09388">Yang et al. 2025</a>
     */
    QWEN3("Qwen3ForCausalLM", "qwen3"),

    /**
     * Mistral: Llama whose attention may see a window only.
     *
     * @see <a href="https://arxiv.org/abs/2310.06825">Jiang et al. 2023</a>
     */
    MISTRAL("MistralForCausalLM", "mistral");

    private final String architecture;
    private final String modelType;

    Family(String architecture, String modelType) {
        this.architecture = architecture;
        this.modelType = modelType;
    }

    /** Its name in the field {@code architectures} of a {@code config.json}. */
    public String architecture() {
        return architecture;
    }

    /** Its name in the field {@code model_type}. */
    public String modelType() {
        return modelType;
    }

    /** Whether queries, keys and values have biases. */
    public boolean attentionBias() {
        return this == QWEN2;
    }

    /** Whether each head of queries and keys passes an RMSNorm. */
    public boolean headNorms() {
        return this == QWEN3;
    }

    static Optional<Family> named(String architecture) {
        return Arrays.stream(values()).filter(f -> f.architecture.equals(architecture)).findFirst();
    }

    /** All names, for a message. */
    static String names() {
        return Arrays.stream(values()).map(Family::architecture).collect(Collectors.joining(", "));
    }
}
