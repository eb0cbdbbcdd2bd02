package io.millrace.ingest.gateway;

import io.millrace.ingest.SettingsFile;
import io.millrace.ingest.gateway.access.Access;
import io.millrace.ingest.gateway.access.ApiKey;
import io.millrace.ingest.gateway.access.Oidc;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.TenantId;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The gateway's settings as YAML; every key may be left out, and no other is known, so that a
 * typing error opens nothing silently.
 *
 * <pre>
 * limits: {max-body-bytes: 1048576, max-depth: 32, max-string-length: 262144,
 *          max-number-length: 100, max-batch-events: 1000}
 * rate-limit: {events-per-second: 100, burst: 1000}
 * api-keys:
 *   - {tenant: acme, sha256: 9f86…, endpoints: [feedback, corrections]}
 * oidc: {issuer: "https://issuer.example", audience: millrace, jwks: jwks.json, tenant-claim: tenant}
 * </pre>
 *
 * The endpoints of a key or of tokens are all six when left out.
 */
public final class GatewayFile {

    private static final Set<String> ENDPOINTS =
            Endpoint.all().stream().map(Endpoint::name).collect(Collectors.toSet());

    /** The file as it is written. */
    private record Content(
            @Nullable JsonNode limits,
            @Nullable RateLimit rateLimit,
            @Nullable List<Key> apiKeys,
            @Nullable Issuer oidc) {}

    private record Key(
            @Nullable String tenant, @Nullable String sha256, @Nullable Set<String> endpoints) {}

    private record Issuer(
            @Nullable String issuer,
            @Nullable String audience,
            @Nullable String jwks,
            @Nullable String tenantClaim,
            @Nullable Set<String> endpoints) {}

    private GatewayFile() {}

    /**
     * Reads settings.
     *
     * @throws UsageException in one line, naming the file and the problem, never a key's hash
     */
    public static GatewaySettings read(Path file) {
        return SettingsFile.read("gateway settings", file, GatewayFile::parse);
    }

    private static GatewaySettings parse(String yaml) {
        JsonNode tree = SettingsFile.MAPPER.readTree(yaml);
        if (tree.isMissingNode() || tree.isNull()) {
            return GatewaySettings.STANDARD;
        }
        Content content = SettingsFile.MAPPER.treeToValue(tree, Content.class);
        return new GatewaySettings(limits(content.limits()), content.rateLimit(), access(content));
    }

    private static Limits limits(@Nullable JsonNode given) {
        ObjectNode all = SettingsFile.MAPPER.valueToTree(Limits.STANDARD);
        if (given != null) {
            given.properties().forEach(limit -> all.set(limit.getKey(), limit.getValue()));
        }
        return SettingsFile.MAPPER.treeToValue(all, Limits.class);
    }

    private static Access access(Content content) {
        List<Key> keys = content.apiKeys() == null ? List.of() : content.apiKeys();
        Issuer issuer = content.oidc();
        if (content.apiKeys() == null && issuer == null) {
            return new Access.Open();
        }
        return new Access.Guarded(
                keys.stream().map(GatewayFile::key).toList(), issuer == null ? null : oidc(issuer));
    }

    private static ApiKey key(Key key) {
        return new ApiKey(
                new TenantId(given("tenant", key.tenant())),
                given("sha256", key.sha256()),
                endpoints(key.endpoints()));
    }

    private static Oidc oidc(Issuer issuer) {
        return new Oidc(
                given("issuer", issuer.issuer()),
                given("audience", issuer.audience()),
                given("jwks", issuer.jwks()),
                issuer.tenantClaim() == null ? "tenant" : issuer.tenantClaim(),
                endpoints(issuer.endpoints()));
    }

    private static String given(String name, @Nullable String value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** An empty list would read as all of them. */
    private static Set<String> endpoints(@Nullable Set<String> given) {
        if (given == null) {
            return Set.of();
        }
        if (given.isEmpty() || !ENDPOINTS.containsAll(given)) {
            throw new IllegalArgumentException(
                    "endpoints must be some of " + new TreeSet<>(ENDPOINTS));
        }
        return given;
    }
}
