package io.millrace.model.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.model.FuzzedDirectory;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a safetensors file. */
class SafetensorsFuzzTest {

    private static final FuzzedDirectory DIRECTORY = new FuzzedDirectory("model.safetensors");

    static Stream<Arguments> files() throws IOException {
        Path file = Files.createTempFile("seed", ".safetensors");
        Safetensors.write(
                file,
                List.of(
                        new Tensor("a", new long[] {2, 2}, new float[] {1, 2, 3, 4}),
                        new Tensor("b", new long[] {1}, new float[] {5})),
                DataType.BF16,
                Map.of("k", "v"));
        byte[] written = Files.readAllBytes(file);
        Files.delete(file);
        return Stream.of(
                        written,
                        whole("{}", 0),
                        whole("{\"t\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}", 4),
                        whole(
                                "{\"t\":{\"dtype\":\"F16\",\"shape\":[0,9],\"data_offsets\":[0,0]}}",
                                0))
                .map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("files")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreTensorsOrRefused(byte[] input) throws IOException {
        DIRECTORY.with(input);
        try (Safetensors file = Safetensors.open(DIRECTORY.file())) {
            Header header = header(input);
            assertThat(file.names()).isEqualTo(header.entries().keySet());
            header.entries()
                    .forEach((name, entry) -> {
                        Tensor tensor = file.read(name, entry.shape());
                        assertThat((long) tensor.values().length * entry.type().bytes())
                                .isEqualTo(entry.end() - entry.begin());
                    });
        } catch (ModelException e) {
            assertThat(e.getMessage()).startsWith(DIRECTORY.file().toString());
        }
    }

    private static Header header(byte[] file) {
        int end = 8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return Header.parse(DIRECTORY.file(), Arrays.copyOfRange(file, 8, end), file.length - end);
    }

    private static byte[] whole(String header, int dataBytes) {
        byte[] json = header.getBytes(UTF_8);
        return ByteBuffer.allocate(8 + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }
}
