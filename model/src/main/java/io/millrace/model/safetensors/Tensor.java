package io.millrace.model.safetensors;

import java.util.Arrays;

/**
 * A named array of numbers in row-major order.
 *
 * @param shape extent of each dimension; their product is {@code values.length}
 */
@SuppressWarnings(
        "ArrayRecordComponent") // the numbers themselves are the point; nobody compares tensors by
// value
public record Tensor(String name, long[] shape, float[] values) {

    public Tensor {
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (size != values.length) {
            throw new IllegalArgumentException(
                    name
                            + ": shape "
                            + Arrays.toString(shape)
                            + " does not hold "
                            + values.length
                            + " values");
        }
    }
}
