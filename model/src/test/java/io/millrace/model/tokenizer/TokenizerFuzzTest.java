package io.millrace.model.tokenizer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.model.FuzzedDirectory;
import io.millrace.model.config.ModelException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as {@code tokenizer.json}. */
class TokenizerFuzzTest {

    private static final FuzzedDirectory DIRECTORY = new FuzzedDirectory("tokenizer.json");

    static Stream<Arguments> tokenizers() {
        String least =
                """
                {"version": "1.0", "added_tokens": [{"id": 0, "content": "<e>", "single_word": false,
                  "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
                 "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
                  "use_regex": true},
                 "decoder": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true,
                  "use_regex": true},
                 "model": {"type": "BPE", "vocab": {"<e>": 0, "a": 1, "b": 2, "ab": 3}, "merges": ["a b"]}}
                """;
        return Stream.of(least, "{}").map(json -> Arguments.of((Object) json.getBytes(UTF_8)));
    }

    @MethodSource("tokenizers")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreATokenizerOrRefused(byte[] input) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.read(DIRECTORY.with(input))) {
            assertThat(tokenizer.size()).isNotNegative();
        } catch (ModelException e) {
            assertThat(e.getMessage()).startsWith(DIRECTORY.file().toString());
        }
    }
}
