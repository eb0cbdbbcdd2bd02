package io.millrace.ingest.importer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as CSV. */
class CsvFuzzTest {

    private static final FuzzedFile FILE = new FuzzedFile();

    static Stream<Arguments> tables() {
        return Stream.of(
                        "text,category\r\n\"a, \"\"b\"\"\nc\",d\r\n\r\n,e\r\n",
                        "category,text\na,b,c\n\"open",
                        "text,text\n")
                .map(text -> Arguments.of((Object) text.getBytes(UTF_8)));
    }

    @MethodSource("tables")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreATableOrRefusedWithAReason(byte[] input) throws IOException {
        FILE.read(input, path -> DataFile.open(path, DataFormat.CSV, "Name it."));
    }
}
