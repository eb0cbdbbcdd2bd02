package io.millrace.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.config.ModelConfig;

/**
 * The rotary embedding's angles for every position, each {@code (maxPositions, headDim)}: the
 * halves of a head turn together, as in Hugging Face's Llama.
 */
record Rope(NDArray cos, NDArray sin) {

    static Rope of(NDManager manager, ModelConfig config) {
        int positions = config.maxPositions();
        int dim = config.headDim();
        float[] cos = new float[positions * dim];
        float[] sin = new float[positions * dim];
        for (int position = 0; position < positions; position++) {
            for (int i = 0; i < dim / 2; i++) {
                double angle = position * Math.pow(config.ropeTheta(), -2.0 * i / dim);
                int at = position * dim + i;
                cos[at] = cos[at + dim / 2] = (float) Math.cos(angle);
                sin[at] = sin[at + dim / 2] = (float) Math.sin(angle);
            }
        }
        Shape shape = new Shape(positions, dim);
        return new Rope(manager.create(cos, shape), manager.create(sin, shape));
    }
}
