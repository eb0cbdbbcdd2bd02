package io.millrace.model.safetensors;

import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One {@code .safetensors} file: 8 bytes of header length (little endian), a JSON header, then the
 * numbers. The reader refuses a header over 10 MB, overlapping or missing bytes, and offsets beyond
 * the file.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors implements AutoCloseable {

    private static final long MAX_HEADER_BYTES = 10_000_000;
    private static final int ZIP_MAGIC = 0x04034b50;
    private static final int PICKLE_MAGIC = 0x80;

    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final Header header;

    private Safetensors(Path file, FileChannel channel, long dataStart, Header header) {
        this.file = file;
        this.channel = channel;
        this.dataStart = dataStart;
        this.header = header;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws ModelException when the file is missing, truncated or malformed
     */
    public static Safetensors open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return open(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new ModelException(file + " is missing", e);
        } catch (IOException e) {
            throw new ModelException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static Safetensors open(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw Header.malformed(file, "is shorter than a header");
        }
        long headerBytes = readFully(channel, 0, 8).getLong();
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > size - 8) {
            throw (int) headerBytes == ZIP_MAGIC || (headerBytes & 0xFF) == PICKLE_MAGIC
                    ? new ModelException(
                            file
                                    + " is a pickled PyTorch file, which may run code and is never"
                                    + " loaded: convert it to safetensors")
                    : Header.malformed(file, "says its header has " + headerBytes + " bytes");
        }
        byte[] json = readFully(channel, 8, (int) headerBytes).array();
        Header header = Header.parse(file, json, size - 8 - headerBytes);
        return new Safetensors(file, channel, 8 + headerBytes, header);
    }

    private static ByteBuffer readFully(FileChannel channel, long position, int bytes)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("ends early");
            }
        }
        return buffer.flip();
    }

    /**
     * The format that a tensor is stored in.
     *
     * @throws ModelException when it is not there
     */
    public DataType type(String name) {
        return entry(name).type();
    }

    private Header.Entry entry(String name) {
        Header.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new ModelException(
                    file + " has no tensor " + name + ": it belongs to another kind of model");
        }
        return entry;
    }

    public Set<String> names() {
        return header.entries().keySet();
    }

    /** What the writer said about the file, such as {@code format}. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * Reads one tensor, widened to float.
     *
     * @throws ModelException when it is not there, has another shape, or holds NaN or infinity
     */
    public Tensor read(String name, long... shape) {
        Header.Entry entry = entry(name);
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new ModelException(
                    file
                            + ": "
                            + name
                            + " has shape "
                            + Arrays.toString(entry.shape())
                            + " where the model asks for "
                            + Arrays.toString(shape)
                            + ": its configuration belongs to another model");
        }
        long bytes = entry.end() - entry.begin();
        if (bytes > Integer.MAX_VALUE) {
            throw new ModelException(file + ": " + name + " is over 2 GiB: use a smaller model");
        }
        float[] values = new float[(int) (bytes / entry.type().bytes())];
        try {
            ByteBuffer mapped =
                    channel.map(MapMode.READ_ONLY, dataStart + entry.begin(), bytes)
                            .order(ByteOrder.LITTLE_ENDIAN);
            widen(entry.type(), mapped, values);
        } catch (IOException e) {
            throw new ModelException(file + " can't be read: " + e.getMessage(), e);
        }
        if (!finite(values)) {
            throw new ModelException(
                    file + ": " + name + " holds NaN or infinity: copy it again, or use another");
        }
        return new Tensor(name, shape, values);
    }

    static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static void widen(DataType type, ByteBuffer bytes, float[] values) {
        switch (type) {
            case F32 -> bytes.asFloatBuffer().get(values);
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(bytes.getShort(2 * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(bytes.getShort(2 * i) << 16);
                }
            }
        }
    }

    /** Writes tensors in the order given; the same tensors give the same bytes. */
    public static void write(Path file, List<Tensor> tensors, DataType type) {
        write(file, tensors, type, Map.of());
    }

    /**
     * Writes tensors in the order given, and what is to be known about them; the same tensors and
     * metadata give the same bytes.
     *
     * @throws ModelException when a number is not finite, or the file can't be written
     */
    public static void write(
            Path file, List<Tensor> tensors, DataType type, Map<String, String> metadata) {
        List<SafetensorsWriter.Planned> plan =
                tensors.stream()
                        .map(t -> new SafetensorsWriter.Planned(t.name(), type, t.shape()))
                        .toList();
        tensors.forEach(tensor -> SafetensorsWriter.requireFinite(file, tensor));
        SafetensorsWriter.write(file, plan, tensors.iterator(), metadata);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ModelException(file + " can't be closed: " + e.getMessage(), e);
        }
    }
}
