package io.millrace.model.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.millrace.model.config.ModelConfig;

/**
 * The rotary embedding for every position, each {@code (maxPositions, headDim)}: the halves of a
 * head turn together, as in Hugging Face's Llama. A vector {@code x} becomes {@code x * cos +
 * swap(x) * sin}, where {@code swap} exchanges the halves; the sign of the turn lies in {@code
 * sin}. Both are scaled by {@code headDim^-1/4}, so that the product of a query and a key comes out
 * scaled for attention.
 */
record Rope(NDArray cos, NDArray sin) {

    static Rope of(NDManager manager, ModelConfig config) {
        int positions = config.maxPositions();
        int dim = config.headDim();
        double scale = Math.pow(dim, -0.25);
        double[] frequencies = frequencies(config);
        float[] cos = new float[positions * dim];
        float[] sin = new float[positions * dim];
        for (int position = 0; position < positions; position++) {
            for (int i = 0; i < dim / 2; i++) {
                double angle = position * frequencies[i];
                int at = position * dim + i;
                cos[at] = cos[at + dim / 2] = (float) (scale * Math.cos(angle));
                sin[at + dim / 2] = (float) (scale * Math.sin(angle));
                sin[at] = -sin[at + dim / 2];
            }
        }
        Shape shape = new Shape(positions, dim);
        return new Rope(manager.create(cos, shape), manager.create(sin, shape));
    }

    /** How far each of the {@code headDim / 2} pairs turns from token to token, in radians. */
    static double[] frequencies(ModelConfig config) {
        double[] frequencies = new double[config.headDim() / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double plain = Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
            frequencies[i] = config.ropeScaling().stretched(plain);
        }
        return frequencies;
    }
}
