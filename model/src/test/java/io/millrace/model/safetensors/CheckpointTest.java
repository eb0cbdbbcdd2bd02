package io.millrace.model.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

    @TempDir Path directory;

    @BeforeEach
    void writeShards() throws IOException {
        write("one.safetensors", "a", 1);
        write("two.safetensors", "b", 2);
        index("{\"a\": \"one.safetensors\", \"b\": \"two.safetensors\"}");
    }

    private void write(String file, String tensor, float value) {
        Safetensors.write(
                directory.resolve(file),
                List.of(new Tensor(tensor, new long[] {1}, new float[] {value})),
                DataType.F32);
    }

    private Path index(String weightMap) throws IOException {
        return Files.writeString(
                directory.resolve("model.safetensors.index.json"),
                "{\"metadata\": {\"total_size\": 8}, \"weight_map\": " + weightMap + "}");
    }

    @Test
    void eachTensorIsReadFromItsShard() {
        try (Checkpoint checkpoint = Checkpoint.open(directory)) {
            assertThat(checkpoint.names()).containsExactlyInAnyOrder("a", "b");
            assertThat(checkpoint.read("a", 1).values()).containsExactly(1);
            assertThat(checkpoint.read("b", 1).values()).containsExactly(2);
            assertThatThrownBy(() -> checkpoint.read("c", 1))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("model.safetensors.index.json has no tensor c");
        }
        assertThat(Checkpoint.files(directory))
                .containsExactly(
                        "model.safetensors.index.json", "one.safetensors", "two.safetensors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"../one.safetensors\"",
                "\"/etc/one.safetensors\"",
                "\"sub/one.safetensors\"",
                "\"..\\\\one.safetensors\"",
                "\"C:one.safetensors\"",
                "\".safetensors\"",
                "\"one.safetensors\\u0000\"",
                "\"one.bin\"",
                "\"\"",
                "3",
                "null",
                "[\"one.safetensors\"]"
            })
    void aShardMustLieBesideTheIndex(String shard) throws IOException {
        index("{\"a\": " + shard + "}");

        assertRefused("a is placed in ");
        assertRefused("which is not a .safetensors file of this directory");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\": \"one.safetensors\", \"b\": \"one.safetensors\"} | places b in"
                        + " one.safetensors, against what lies there: copy both again",
                "{\"a\": \"two.safetensors\", \"b\": \"two.safetensors\"} | places a in"
                        + " two.safetensors",
                "{\"a\": \"one.safetensors\", \"c\": \"two.safetensors\"} | does not place b in"
                        + " two.safetensors",
                "{\"a\": \"gone.safetensors\"} | a is placed in gone.safetensors, which is missing",
                "{\"a\": \"one.safetensors\", \"a\": \"two.safetensors\"} | is not JSON",
                "{} | weight_map is missing or empty",
                "[\"one.safetensors\"] | weight_map is missing or empty",
                "3 | weight_map is missing or empty",
                "null | weight_map is missing or empty"
            })
    void anIndexThatDoesNotAgreeWithItsShardsIsRefused(String weightMap, String problem)
            throws IOException {
        index(weightMap);

        assertRefused(problem);
    }

    @Test
    void aTensorThatLiesInTwoShardsIsRefused() {
        write("two.safetensors", "a", 2);

        assertRefused("two.safetensors");
    }

    private void assertRefused(String problem) {
        assertThatThrownBy(() -> Checkpoint.open(directory).close())
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(
                        directory.resolve("model.safetensors.index.json").toString())
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }
}
