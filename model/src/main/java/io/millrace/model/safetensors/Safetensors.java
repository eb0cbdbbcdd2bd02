package io.millrace.model.safetensors;

import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * One {@code .safetensors} file: 8 bytes of header length (little endian), a JSON header, then the
 * numbers. The reader refuses a header over 10 MB, overlapping or missing bytes, and offsets beyond
 * the file.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
public final class Safetensors implements AutoCloseable {

    private static final long MAX_HEADER_BYTES = 10_000_000;
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    private record Entry(DataType type, long[] shape, long begin, long end) {}

    private final Path file;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, Entry> entries;

    private Safetensors(
            Path file, FileChannel channel, long dataStart, Map<String, Entry> entries) {
        this.file = file;
        this.channel = channel;
        this.dataStart = dataStart;
        this.entries = entries;
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
                return readHeader(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new ModelException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    private static Safetensors readHeader(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < 8) {
            throw malformed(file, "is shorter than a header");
        }
        long headerBytes = readFully(channel, 0, 8).getLong();
        if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > size - 8) {
            throw malformed(file, "says its header has " + headerBytes + " bytes");
        }
        byte[] header = readFully(channel, 8, (int) headerBytes).array();
        JsonNode json;
        try {
            json = JSON.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw malformed(file, "has a header that is not JSON");
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue()));
            }
        }
        requireContiguous(file, entries, size - 8 - headerBytes);
        return new Safetensors(file, channel, 8 + headerBytes, entries);
    }

    private static Entry entry(Path file, String name, JsonNode json) {
        DataType type =
                Arrays.stream(DataType.values())
                        .filter(t -> t.name().equals(json.path("dtype").asString("")))
                        .findFirst()
                        .orElseThrow(() ->
                                malformed(
                                        file,
                                        "stores "
                                                + name
                                                + " as "
                                                + json.path("dtype")
                                                + ", not F32, F16 or BF16"));
        JsonNode offsets = json.path("data_offsets");
        long begin = offsets.path(0).asLong(-1);
        long end = offsets.path(1).asLong(-1);
        long[] shape = new long[json.path("shape").size()];
        long bytes = type.bytes();
        try {
            for (int i = 0; i < shape.length; i++) {
                shape[i] = json.path("shape").path(i).asLong(-1);
                bytes = Math.multiplyExact(bytes, shape[i]);
            }
        } catch (ArithmeticException e) {
            throw malformed(file, "gives " + name + " an impossible shape");
        }
        if (begin < 0
                || end < begin
                || end - begin != bytes
                || Arrays.stream(shape).anyMatch(n -> n < 0)) {
            throw malformed(file, "gives " + name + " offsets that do not fit its shape");
        }
        return new Entry(type, shape, begin, end);
    }

    private static void requireContiguous(Path file, Map<String, Entry> entries, long bytes) {
        long at = 0;
        for (Entry entry :
                entries.values().stream().sorted(Comparator.comparingLong(Entry::begin)).toList()) {
            if (entry.begin() != at) {
                throw malformed(file, "has a gap or an overlap at byte " + at + " of its data");
            }
            at = entry.end();
        }
        if (at != bytes) {
            throw malformed(file, "holds " + bytes + " bytes of data where its header names " + at);
        }
    }

    private static ModelException malformed(Path file, String what) {
        return new ModelException(
                file + " " + what + ": it is damaged or not safetensors; copy it again");
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

    public Set<String> names() {
        return entries.keySet();
    }

    /**
     * Reads one tensor, widened to float.
     *
     * @throws ModelException when it is not there, has another shape, or holds NaN or infinity
     */
    public Tensor read(String name, long... shape) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelException(
                    file + " has no tensor " + name + ": it belongs to another kind of model");
        }
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new ModelException(
                    file
                            + ": "
                            + name
                            + " has shape "
                            + Arrays.toString(entry.shape())
                            + " where config.json asks for "
                            + Arrays.toString(shape));
        }
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        try {
            ByteBuffer bytes =
                    channel.map(
                                    MapMode.READ_ONLY,
                                    dataStart + entry.begin(),
                                    entry.end() - entry.begin())
                            .order(ByteOrder.LITTLE_ENDIAN);
            widen(entry.type(), bytes, values);
        } catch (IOException e) {
            throw new ModelException(file + " can't be read: " + e.getMessage(), e);
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ModelException(
                        file + ": " + name + " holds NaN or infinity; this model is broken");
            }
        }
        return new Tensor(name, shape, values);
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
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("__metadata__", Map.of("format", "pt"));
        long at = 0;
        for (Tensor tensor : tensors) {
            long end = at + (long) tensor.values().length * type.bytes();
            header.put(tensor.name(), entryJson(type, tensor, at, end));
            at = end;
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
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
                            .putLong(0, padded.length));
            writeFully(out, ByteBuffer.wrap(padded));
            for (Tensor tensor : tensors) {
                writeFully(out, narrow(tensor.values(), type));
            }
        } catch (IOException e) {
            throw new ModelException(file + " can't be written: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> entryJson(
            DataType type, Tensor tensor, long begin, long end) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("dtype", type.name());
        entry.put("shape", tensor.shape());
        entry.put("data_offsets", new long[] {begin, end});
        return entry;
    }

    private static ByteBuffer narrow(float[] values, DataType type) {
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            switch (type) {
                case F32 -> bytes.putFloat(value);
                case F16 -> bytes.putShort(Float.floatToFloat16(value));
                case BF16 -> bytes.putShort(toBfloat16(value));
            }
        }
        return bytes.flip();
    }

    /** Rounds to nearest, ties to even, as PyTorch does. */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    private static void writeFully(FileChannel out, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
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
