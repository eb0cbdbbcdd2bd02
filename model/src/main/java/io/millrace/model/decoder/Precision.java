package io.millrace.model.decoder;

/** The number format of matrix products. */
public enum Precision {
    F32(6),
    BF16(15);

    private final int scalarType;

    Precision(int scalarType) {
        this.scalarType = scalarType;
    }

    /** PyTorch's number for it ({@code c10::ScalarType}). */
    int scalarType() {
        return scalarType;
    }
}
