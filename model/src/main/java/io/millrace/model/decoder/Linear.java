package io.millrace.model.decoder;

import io.millrace.model.config.ModelConfig;
import java.util.Arrays;
import java.util.Optional;

/** The seven linear layers of a block, in the order their weights lie in {@link Weights}. */
public enum Linear {
    Q("self_attn.q_proj", 1),
    K("self_attn.k_proj", 2),
    V("self_attn.v_proj", 3),
    O("self_attn.o_proj", 4),
    GATE("mlp.gate_proj", 6),
    UP("mlp.up_proj", 7),
    DOWN("mlp.down_proj", 8);

    private final String path;
    private final int slot;

    Linear(String path, int slot) {
        this.path = path;
        this.slot = slot;
    }

    /** Its name inside a block, such as {@code self_attn.q_proj}. */
    public String path() {
        return path;
    }

    /** The last part of its name, as PEFT's {@code target_modules} lists it. */
    public String moduleName() {
        return path.substring(path.indexOf('.') + 1);
    }

    /** Its place among a block's weights. */
    int slot() {
        return slot;
    }

    public int inputs(ModelConfig config) {
        return switch (this) {
            case Q, K, V, GATE, UP -> config.hiddenSize();
            case O -> config.heads() * config.headDim();
            case DOWN -> config.intermediateSize();
        };
    }

    public int outputs(ModelConfig config) {
        return switch (this) {
            case Q -> config.heads() * config.headDim();
            case K, V -> config.kvHeads() * config.headDim();
            case O, DOWN -> config.hiddenSize();
            case GATE, UP -> config.intermediateSize();
        };
    }

    /** The layer of a {@link #moduleName} or a {@link #path}. */
    public static Optional<Linear> named(String name) {
        return Arrays.stream(values())
                .filter(l -> l.moduleName().equals(name) || l.path().equals(name))
                .findFirst();
    }
}
