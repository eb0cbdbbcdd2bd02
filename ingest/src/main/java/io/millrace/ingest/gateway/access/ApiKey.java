package io.millrace.ingest.gateway.access;

import io.millrace.schemas.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * A key, known by its SHA-256 alone. A key must be long and random, such as {@code openssl rand
 * -hex 32} makes: then nobody finds it by its hash.
 *
 * @param sha256 of the key's UTF-8 bytes, 64 hexadecimal digits
 * @param endpoints that it is good for, such as {@code feedback}; all when empty
 */
public record ApiKey(TenantId tenant, String sha256, Set<String> endpoints) {

    public ApiKey {
        if (!sha256.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalArgumentException(
                    "sha256 must be 64 hexadecimal digits, as sha256sum prints them");
        }
        endpoints = Set.copyOf(endpoints);
    }

    /** Takes as long for a near miss as for a wide one. */
    boolean isHashedFrom(byte[] hash) {
        return MessageDigest.isEqual(HexFormat.of().parseHex(sha256), hash);
    }

    static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ApiKey[tenant=" + tenant + ", endpoints=" + endpoints + "]";
    }
}
