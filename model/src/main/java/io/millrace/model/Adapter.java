package io.millrace.model;

import io.millrace.model.decoder.Decoder;

/**
 * A LoRA adapter, merged into a copy of its base's weights and ready to answer. Close it when
 * nobody asks it any more.
 */
public final class Adapter implements AutoCloseable {

    private final Decoder.Weighting weights;

    Adapter(Decoder.Weighting weights) {
        this.weights = weights;
    }

    Decoder.Weighting weights() {
        return weights;
    }

    @Override
    public void close() {
        weights.close();
    }
}
