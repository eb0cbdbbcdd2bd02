package io.millrace.model.safetensors;

/** The number formats that are read and written. */
public enum DataType {
    F32(4),
    F16(2),
    BF16(2);

    private final int bytes;

    DataType(int bytes) {
        this.bytes = bytes;
    }

    /** Bytes of one number. */
    public int bytes() {
        return bytes;
    }
}
