package io.millrace.model.safetensors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.model.FuzzedDirectory;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as {@code model.safetensors.index.json}, beside one shard. */
class CheckpointFuzzTest {

    private static final FuzzedDirectory DIRECTORY =
            new FuzzedDirectory("model.safetensors.index.json");

    static Stream<Arguments> indices() {
        Path shard = DIRECTORY.file().resolveSibling("one.safetensors");
        Safetensors.write(
                shard, List.of(new Tensor("a", new long[] {1}, new float[1])), DataType.F32);
        shard.toFile().deleteOnExit();
        return Stream.of(
                        "{\"metadata\": {\"total_size\": 4}, \"weight_map\": {\"a\":"
                                + " \"one.safetensors\"}}",
                        "{\"weight_map\": {\"a\": \"../one.safetensors\"}}",
                        "{\"weight_map\": {}}")
                .map(json -> Arguments.of((Object) json.getBytes(UTF_8)));
    }

    @MethodSource("indices")
    @FuzzTest(maxDuration = "5s")
    void anyBytesPlaceTheTensorOrAreRefused(byte[] input) throws IOException {
        Path directory = DIRECTORY.with(input);
        try (Checkpoint checkpoint = Checkpoint.open(directory)) {
            assertThat(checkpoint.names()).containsExactly("a");
            assertThat(Checkpoint.files(directory)).hasSize(2);
        } catch (ModelException e) {
            assertThat(e.getMessage()).startsWith(DIRECTORY.file().toString());
        }
    }
}
