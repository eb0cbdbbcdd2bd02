package io.millrace.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("model.safetensors");
    }

    @ParameterizedTest
    @EnumSource(DataType.class)
    void numbersThatFitTheFormatComeBack(DataType type) {
        float[] exact = {0, -0f, 1, -2.5f, 0.015625f, 1024};
        Safetensors.write(
                file,
                List.of(
                        new Tensor("b", new long[] {2, 3}, exact),
                        new Tensor("a", new long[] {}, new float[] {3}),
                        new Tensor("empty", new long[] {0, 4}, new float[0])),
                type);

        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.names()).containsExactly("b", "a", "empty");
            assertThat(read.read("b", 2, 3).values()).isEqualTo(exact);
            assertThat(read.read("a").values()).containsExactly(3);
            assertThat(read.read("empty", 0, 4).values()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Halfway goes to the even neighbour, as PyTorch has it.
        "1.00390625, 1", // 1 + 2^-8, between 1 and 1 + 2^-7
        "1.01171875, 1.015625", // 1 + 3 * 2^-8, between 1 + 2^-7 and 1 + 2^-6
        "1.004, 1.0078125",
        "-3.14159, -3.140625"
    })
    void bfloat16RoundsToNearestEven(float value, float stored) {
        Safetensors.write(
                file, List.of(new Tensor("a", new long[] {1}, new float[] {value})), DataType.BF16);

        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.read("a", 1).values()).containsExactly(stored);
        }
    }

    @Test
    void theBytesAreThoseOfTheSpecification() throws IOException {
        Safetensors.write(
                file,
                List.of(new Tensor("a", new long[] {2}, new float[] {1, -2})),
                DataType.F32,
                Map.of("base", "x"));

        String json =
                "{\"__metadata__\":{\"base\":\"x\",\"format\":\"pt\"},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        byte[] bytes = Files.readAllBytes(file);
        int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(header % 8).isZero();
        assertThat(new String(bytes, 8, header, StandardCharsets.UTF_8).strip()).isEqualTo(json);
        assertThat(HexFormat.of().formatHex(bytes, 8 + header, bytes.length))
                .isEqualTo("0000803f" + "000000c0");
    }

    @Test
    void theSameTensorsGiveTheSameBytes() throws IOException {
        List<Tensor> tensors =
                List.of(
                        new Tensor("x", new long[] {3}, new float[] {1, 2, 3}),
                        new Tensor("y", new long[] {1, 1}, new float[] {4}));
        Map<String, String> metadata = Map.of("one", "1", "two", "2", "three", "3");
        Path again = directory.resolve("again.safetensors");

        Safetensors.write(file, tensors, DataType.BF16, metadata);
        Safetensors.write(again, tensors, DataType.BF16, metadata);

        assertThat(file).hasSameBinaryContentAs(again);
        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.metadata()).containsAllEntriesOf(metadata);
        }
    }

    @Test
    void tensorsMayLieInAnyOrderAndEmptyOnesBetweenThem() throws IOException {
        write(
                "{\"late\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]},"
                        + "\"early\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
                        + "\"empty\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]}}",
                new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40});

        try (Safetensors read = Safetensors.open(file)) {
            assertThat(read.read("early").values()).containsExactly(1);
            assertThat(read.read("late", 1).values()).containsExactly(2);
        }
    }

    static Stream<Arguments> brokenHeaders() {
        return Stream.of(
                arguments("not JSON", "header that is not JSON"),
                arguments("", "header has 0 bytes"),
                arguments("[]", "not a JSON object"),
                arguments("\"a\"", "not a JSON object"),
                arguments("{} {}", "header that is not JSON"),
                arguments(" {}", "not a JSON object"),
                arguments("{\"__metadata__\":3}", "metadata that is not a JSON object"),
                arguments("{\"__metadata__\":{\"a\":1}}", "metadata that is not text: a"),
                arguments("{\"a\":3}", "stores a as"),
                arguments(
                        tensor("a", "F32", "[2]", "[0,8]").replace("}}", "},")
                                + tensor("a", "F32", "[2]", "[0,8]").substring(1),
                        "Duplicate"),
                arguments(
                        tensor("a", "F64", "[1]", "[0,8]"),
                        "stores a as \"F64\": convert it to F32, F16 or BF16"),
                arguments(tensor("a", "f32", "[2]", "[0,8]"), "stores a as \"f32\""),
                arguments(tensor("a", "F32", "[2]", "[0,12]"), "do not fit its shape"),
                arguments(tensor("a", "F32", "[3]", "[0,8]"), "do not fit its shape"),
                arguments(tensor("a", "F32", "[2]", "[8,0]"), "do not fit its shape"),
                arguments(tensor("a", "F32", "[2]", "[0]"), "do not fit its shape"),
                arguments(tensor("a", "F32", "[2]", "[0,8,9]"), "do not fit its shape"),
                arguments(tensor("a", "F32", "[3]", "[0,12]"), "holds 8 bytes"),
                arguments(tensor("a", "F32", "[1]", "[0,4]"), "holds 8 bytes"),
                arguments(tensor("a", "F32", "[1]", "[4,8]"), "gap or an overlap at byte 0"),
                arguments(
                        tensor("a", "F32", "[2]", "[0,8]").replace("}}", "},")
                                + tensor("b", "F32", "[1]", "[4,8]").substring(1),
                        "gap or an overlap at byte 8"),
                arguments(tensor("a", "F32", "[-2]", "[0,8]"), "impossible shape"),
                arguments(tensor("a", "F32", "[-1,-2]", "[0,8]"), "impossible shape"),
                arguments(tensor("a", "F32", "[2.5]", "[0,8]"), "impossible shape"),
                arguments(tensor("a", "F32", "[\"2\"]", "[0,8]"), "impossible shape"),
                arguments(tensor("a", "F32", "2", "[0,8]"), "impossible shape"),
                arguments(tensor("a", "F32", "[2]", "[-8,0]"), "impossible data_offsets"),
                arguments(
                        tensor("a", "F32", "[2]", "[0,99999999999999999999]"),
                        "impossible data_offsets"),
                arguments(
                        tensor("a", "F32", "[4611686018427387904,4]", "[0,8]"), "impossible shape"),
                arguments(
                        tensor("a", "F32", "[4611686018427387905,4,0]", "[0,8]"),
                        "impossible shape"));
    }

    private static String tensor(String name, String type, String shape, String offsets) {
        return "{\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
                .formatted(name, type, shape, offsets);
    }

    @ParameterizedTest
    @MethodSource("brokenHeaders")
    void aBrokenHeaderIsRefused(String header, String problem) throws IOException {
        write(header, new byte[8]);

        assertRefused(problem);
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        byte[] header = {'{', '"', (byte) 0xC3, '"', ':', '3', '}'};
        Files.write(
                file,
                ByteBuffer.allocate(15)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());

        assertRefused("header that is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 7})
    void aFileShorterThanItsLengthFieldIsRefused(int bytes) throws IOException {
        Files.write(file, new byte[bytes]);

        assertRefused("shorter than a header");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 10_000_001, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void aHeaderLengthThatCannotBeIsRefused(long length) throws IOException {
        Files.write(
                file,
                ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length).array());

        assertRefused("says its header has " + length + " bytes");
    }

    @Test
    void aTruncatedFileIsRefused() throws IOException {
        Safetensors.write(
                file, List.of(new Tensor("a", new long[] {4}, new float[4])), DataType.F32);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));

        assertRefused("holds 15 bytes of data where its header names 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {"504b0304140000000800", "80027d71005803000000", "80049500000000000000"})
    void aPickleIsNamedForWhatItIs(String start) throws IOException {
        Files.write(file, HexFormat.of().parseHex(start));

        assertRefused("pickled PyTorch file");
    }

    @Test
    void aMissingFileAndAFolderAreNamed() throws IOException {
        assertRefused("is missing");
        Files.createDirectory(file);
        assertRefused("can't be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000c07f", "0000807f", "000080ff"})
    void numbersThatAreNoneAreRefused(String bits) throws IOException {
        write(tensor("a", "F32", "[1]", "[0,4]"), HexFormat.of().parseHex(bits));

        try (Safetensors read = Safetensors.open(file)) {
            assertThatThrownBy(() -> read.read("a", 1))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(file + ": a holds NaN or infinity");
        }
    }

    @Test
    void numbersThatAreNoneAreNotWritten() {
        Tensor broken = new Tensor("a", new long[] {2}, new float[] {1, Float.NaN});

        assertThatThrownBy(() -> Safetensors.write(file, List.of(broken), DataType.F32))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("a holds NaN");
        assertThat(file).doesNotExist();
    }

    @Test
    void anotherShapeOrNameIsRefused() {
        Safetensors.write(
                file, List.of(new Tensor("a", new long[] {2, 3}, new float[6])), DataType.F32);

        try (Safetensors read = Safetensors.open(file)) {
            assertThatThrownBy(() -> read.read("a", 3, 2))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("a has shape [2, 3] where the model asks for [3, 2]");
            assertThatThrownBy(() -> read.read("b", 3, 2))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("has no tensor b");
        }
    }

    private void write(String header, byte[] data) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes =
                ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, bytes.putLong(json.length).put(json).put(data).array());
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> Safetensors.open(file).close())
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }
}
