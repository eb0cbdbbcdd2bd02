package io.millrace.model.safetensors;

import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes a {@code .safetensors} file tensor by tensor, so that a model need not fit the heap. */
public final class SafetensorsWriter {

    /** A tensor that is to be written, and how. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    public record Planned(String name, DataType type, long... shape) {

        long bytes() {
            return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        }
    }

    private SafetensorsWriter() {}

    /**
     * Writes tensors in the order planned; the same tensors and metadata give the same bytes.
     *
     * @param tensors as many as planned, of the same names and shapes; each is asked for when it is
     *     written
     * @throws ModelException when a number is not finite, or too large for its format, or the file
     *     can't be written; the file is then unfinished
     */
    public static void write(
            Path file, List<Planned> plan, Iterator<Tensor> tensors, Map<String, String> metadata) {
        Map<String, String> all = new TreeMap<>(metadata);
        all.put("format", "pt"); // transformers refuses files that do not say so
        byte[] header = Header.of(plan, all);
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            writeFully(
                    out,
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, header.length));
            writeFully(out, ByteBuffer.wrap(header));
            for (Planned planned : plan) {
                Tensor tensor = tensors.next();
                requireFinite(file, tensor);
                writeFully(out, narrow(file, tensor, planned.type()));
            }
        } catch (IOException e) {
            throw new ModelException(file + " can't be written: " + e.getMessage(), e);
        }
    }

    static void requireFinite(Path file, Tensor tensor) {
        if (!Safetensors.finite(tensor.values())) {
            throw new ModelException(
                    file
                            + " is not written: "
                            + tensor.name()
                            + " holds NaN or infinity; training has diverged, lower its"
                            + " learning rate");
        }
    }

    private static ByteBuffer narrow(Path file, Tensor tensor, DataType type) {
        float[] values = tensor.values();
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, type.bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (Math.abs(value) > largest(type)) {
                throw new ModelException(
                        file
                                + " is not written: "
                                + tensor.name()
                                + " holds "
                                + value
                                + ", too large for "
                                + type);
            }
            switch (type) {
                case F32 -> bytes.putFloat(value);
                case F16 -> bytes.putShort(Float.floatToFloat16(value));
                case BF16 -> bytes.putShort(toBfloat16(value));
            }
        }
        return bytes.flip();
    }

    /** The largest number that is still finite once it is rounded. */
    private static float largest(DataType type) {
        return switch (type) {
            case F32 -> Float.MAX_VALUE;
            case F16 -> Math.nextDown(65520f);
            case BF16 -> Float.intBitsToFloat(0x7F7F_7FFF);
        };
    }

    /** Rounds to nearest, ties to even, as PyTorch does. */
    private static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    private static void writeFully(FileChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }
}
