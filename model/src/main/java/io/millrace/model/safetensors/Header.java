package io.millrace.model.safetensors;

import io.millrace.model.config.ModelException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** The JSON at the head of a file: where each tensor lies, and free-form metadata. */
record Header(Map<String, String> metadata, Map<String, Entry> entries) {

    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** One tensor: bytes {@code begin} to {@code end} after the header. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Entry(DataType type, long[] shape, long begin, long end) {

        private static Entry parse(String name, DataType type, JsonNode json) {
            long[] offsets = whole(name, "data_offsets", json);
            long[] shape = whole(name, "shape", json);
            if (offsets.length != 2
                    || offsets[1] < offsets[0]
                    || offsets[1] - offsets[0] != bytes(name, type, shape)) {
                throw new IllegalArgumentException(
                        "gives " + name + " offsets that do not fit its shape");
            }
            return new Entry(type, shape, offsets[0], offsets[1]);
        }

        /** A list of integers that are not negative. */
        private static long[] whole(String name, String field, JsonNode json) {
            JsonNode list = json.path(field);
            long[] values = new long[list.size()];
            boolean sound = list.isArray();
            for (int i = 0; i < values.length; i++) {
                JsonNode value = list.path(i);
                sound &= value.isIntegralNumber() && value.canConvertToLong();
                values[i] = value.asLong(-1);
                sound &= values[i] >= 0;
            }
            if (!sound) {
                throw new IllegalArgumentException(
                        "gives " + name + " an impossible " + field + ": " + list);
            }
            return values;
        }

        private static long bytes(String name, DataType type, long[] shape) {
            try {
                return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException(
                        "gives " + name + " an impossible shape: " + Arrays.toString(shape), e);
            }
        }
    }

    /**
     * Reads and checks a header.
     *
     * @param dataBytes how many bytes follow it in the file
     * @throws ModelException when it is not a header, or its tensors do not fill those bytes
     *     exactly
     */
    static Header parse(Path file, byte[] header, long dataBytes) {
        try {
            JsonNode json = JSON.readTree(text(header));
            if (!json.isObject() || header[0] != '{') {
                throw new IllegalArgumentException("has a header that is not a JSON object");
            }
            Map<String, String> metadata = new TreeMap<>();
            Map<String, Entry> entries = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> field : json.properties()) {
                if (field.getKey().equals(METADATA)) {
                    metadata.putAll(metadata(field.getValue()));
                } else {
                    entries.put(field.getKey(), entry(file, field.getKey(), field.getValue()));
                }
            }
            requireContiguous(entries, dataBytes);
            return new Header(metadata, entries);
        } catch (JacksonException e) {
            throw malformed(file, "has a header that is not JSON: " + e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            throw malformed(file, String.valueOf(e.getMessage()));
        }
    }

    private static String text(byte[] header) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("has a header that is not UTF-8", e);
        }
    }

    private static Map<String, String> metadata(JsonNode json) {
        Map<String, String> metadata = new TreeMap<>();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            if (!field.getValue().isString()) {
                throw new IllegalArgumentException(
                        "has metadata that is not text: " + field.getKey());
            }
            metadata.put(field.getKey(), field.getValue().stringValue());
        }
        if (!json.isObject()) {
            throw new IllegalArgumentException("has metadata that is not a JSON object");
        }
        return metadata;
    }

    private static Entry entry(Path file, String name, JsonNode json) {
        DataType type =
                Arrays.stream(DataType.values())
                        .filter(t -> t.name().equals(json.path("dtype").asString("")))
                        .findFirst()
                        .orElseThrow(() ->
                                new ModelException(
                                        file
                                                + " stores "
                                                + name
                                                + " as "
                                                + json.path("dtype")
                                                + ": convert it to F32, F16 or BF16"));
        return Entry.parse(name, type, json);
    }

    private static void requireContiguous(Map<String, Entry> entries, long dataBytes) {
        long at = 0;
        Comparator<Entry> byPlace =
                Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end);
        for (Entry entry : entries.values().stream().sorted(byPlace).toList()) {
            if (entry.begin() != at) {
                throw new IllegalArgumentException(
                        "has a gap or an overlap at byte " + at + " of its data");
            }
            at = entry.end();
        }
        if (at != dataBytes) {
            throw new IllegalArgumentException(
                    "holds " + dataBytes + " bytes of data where its header names " + at);
        }
    }

    static ModelException malformed(Path file, String what) {
        return new ModelException(
                file + " " + what + ": it is damaged or not safetensors; copy it again");
    }

    /** The header of tensors that follow each other, padded to eight bytes with spaces. */
    static byte[] of(List<SafetensorsWriter.Planned> plan, Map<String, String> metadata) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put(METADATA, new TreeMap<>(metadata)); // sorted: the same bytes each time
        long at = 0;
        for (SafetensorsWriter.Planned tensor : plan) {
            long end = at + tensor.bytes();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", tensor.type().name());
            entry.put("shape", tensor.shape());
            entry.put("data_offsets", new long[] {at, end});
            header.put(tensor.name(), entry);
            at = end;
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }
}
