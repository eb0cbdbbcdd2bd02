package io.millrace.ingest.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Any bytes as a data set. The first byte of an input chooses a JSON format, or that the rows shall
 * decide.
 */
class DataFileFuzzTest {

    private static final List<DataFormat> JSON =
            Arrays.stream(DataFormat.values()).filter(f -> f != DataFormat.CSV).toList();
    private static final FuzzedFile FILE = new FuzzedFile();

    static Stream<Arguments> oneOfEachFormat() {
        return Stream.of(
                        "\0{\"instruction\": \"a\", \"input\": \"b\", \"output\": \"c\"}\n\n{\"instruction\": \"a\", \"instances\": [{\"input\": \"\", \"output\": \"c\"}]}",
                        "\1[{\"instruction\": \"a\", \"context\": \"b\", \"response\": \"c\", \"category\": \"d\"},\n{}]",
                        "\2{\"conversations\": [{\"from\": \"system\", \"value\": \"s\"}, {\"from\": \"human\", \"value\": \"a\"}, {\"from\": \"gpt\", \"value\": \"b\"}]}",
                        "\3[{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\", \"weight\": 0}]}]",
                        "\4{\"prompt\": {\"text\": \"a\", \"role\": \"prompter\", \"replies\": [{\"text\": \"b\", \"role\": \"assistant\", \"rank\": 1, \"deleted\": false, \"review_result\": true, \"replies\": []}]}}",
                        "\5{\"messages\": [{\"role\": \"user\", \"content\": \"a\"}, {\"role\": \"assistant\", \"content\": \"b\"}]}",
                        "\5[1, [2], {\"chosen\": \"a\"}]",
                        "\5{\"two\\nlines\": 1}",
                        "\5\uFEFFtext,category\na,b\n")
                .map(text -> Arguments.of((Object) text.getBytes(UTF_8)));
    }

    @MethodSource("oneOfEachFormat")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreReadRowByRowOrRefusedWithAReason(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        int chosen = Math.floorMod(input[0], JSON.size() + 1);
        FILE.read(
                Arrays.copyOfRange(input, 1, input.length),
                path ->
                        chosen < JSON.size()
                                ? DataFile.open(path, JSON.get(chosen), "")
                                : DataFile.open(path, ""));
    }
}
