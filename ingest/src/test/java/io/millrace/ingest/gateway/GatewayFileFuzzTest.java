package io.millrace.ingest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as {@code gateway.yaml}. */
class GatewayFileFuzzTest {

    private static final Path FILE = file();

    static Stream<Arguments> settings() {
        return Stream.of(
                        "",
                        "limits: {max-body-bytes: 1048576, max-depth: 32}\nrate-limit: {events-per-second: 100, burst: 1000}\n",
                        "api-keys:\n  - {tenant: acme, sha256: %s, endpoints: [feedback]}\n"
                                .formatted("9f86d081".repeat(8)),
                        "oidc: {issuer: \"https://issuer.example\", audience: millrace, jwks: jwks.json}\n")
                .map(text -> Arguments.of((Object) text.getBytes(UTF_8)));
    }

    @MethodSource("settings")
    @FuzzTest(maxDuration = "5s")
    void anyBytesAreSettingsOrRefusedInOneLine(byte[] input) throws IOException {
        Files.write(FILE, input);
        try {
            assertThat(GatewayFile.read(FILE).limits().maxDepth()).isPositive();
        } catch (UsageException e) {
            assertThat(e.getMessage()).startsWith("gateway settings " + FILE);
            assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
        }
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("fuzz", ".yaml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
