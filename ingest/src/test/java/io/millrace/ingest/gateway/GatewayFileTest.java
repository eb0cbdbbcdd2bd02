package io.millrace.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.ingest.gateway.access.Access;
import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayFileTest {

    private static final String HASH =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    @TempDir private Path folder;

    private GatewaySettings read(String yaml) throws IOException {
        Path file = folder.resolve("gateway.yaml");
        Files.writeString(file, yaml);
        return GatewayFile.read(file);
    }

    @Test
    void whatIsLeftOutIsStandard() throws IOException {
        assertThat(read("")).isEqualTo(GatewaySettings.STANDARD);
        assertThat(read("limits: {max-batch-events: 5}").limits())
                .isEqualTo(new Limits(1 << 20, 32, 1 << 18, 100, 5));
        assertThat(read("rate-limit: {events-per-second: 0.5, burst: 9}").rateLimit())
                .isEqualTo(new RateLimit(0.5, 9));
    }

    @Test
    void aKeyHasATenantAHashAndItsEndpoints() throws IOException {
        GatewaySettings settings =
                read(
                        "api-keys: [{tenant: acme, sha256: %s, endpoints: [feedback]}]"
                                .formatted(HASH));

        Access.Guarded guarded = (Access.Guarded) settings.access();
        assertThat(guarded.keys().getFirst().tenant()).hasToString("acme");
        assertThat(guarded.keys().getFirst().endpoints()).isEqualTo(Set.of("feedback"));
        assertThat(settings.toString()).doesNotContain(HASH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    limit: {}                                                 | unknown key 'limit'
                    limits: {max-depths: 1}                                   | unknown key 'max-depths'
                    limits: {max-depth: 0}                                    | max-depth must be at least 1
                    rate-limit: {events-per-second: 0, burst: 1}              | events-per-second must be above 0
                    rate-limit: {events-per-second: 1}                        | burst
                    api-keys: []                                              | neither api-keys nor oidc
                    api-keys: [{sha256: HASH}]                                | tenant is missing
                    api-keys: [{tenant: acme, sha256: secret}]                | sha256 must be 64
                    api-keys: [{tenant: a/b, sha256: HASH}]                   | tenant must be
                    api-keys: [{tenant: a, sha256: HASH, endpoints: [all]}]   | endpoints must be some of
                    api-keys: [{tenant: a, sha256: HASH, endpoints: []}]      | endpoints must be some of
                    oidc: {issuer: i, audience: a}                            | jwks is missing
                    api-keys: {                                               | it is not YAML
                    api-keys: acme                                            | api-keys cannot be read
                    api-keys: [null]                                          | api-keys cannot be read
                    """)
    void aMistakeIsNamedAndOpensNothing(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml.replace("HASH", HASH)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("gateway settings " + folder.resolve("gateway.yaml"))
                .hasMessageContaining(problem)
                .hasMessageNotContaining(HASH);
    }

    @Test
    void onlyThisMachineMayWriteWhereNobodyIsChecked() throws IOException {
        GatewaySettings open = GatewaySettings.STANDARD;
        GatewaySettings guarded = read("api-keys: [{tenant: acme, sha256: %s}]".formatted(HASH));

        assertThatThrownBy(() -> GatewayConfig.on("0.0.0.0", 0, open))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("gateway.yaml")
                .hasMessageContaining("--behind-proxy");
        assertThat(GatewayConfig.on("::1", 0, open).host()).isEqualTo("::1");
        assertThat(GatewayConfig.on("0.0.0.0", 0, guarded).settings()).isEqualTo(guarded);
        assertThat(GatewayConfig.on("0.0.0.0", 0, open.behindProxy()).settings().access())
                .isInstanceOf(Access.BehindProxy.class);
        assertThat(guarded.behindProxy()).isEqualTo(guarded);
    }
}
