package io.millrace.ingest.gateway.access;

import java.util.Set;

/**
 * Tokens of an OpenID Connect issuer.
 *
 * @param issuer that a token's {@code iss} must name
 * @param audience that its {@code aud} must hold
 * @param jwks the issuer's public keys: a file, or an http or https URL
 * @param tenantClaim the claim that names the tenant
 * @param endpoints that a token is good for, such as {@code feedback}; all when empty
 */
public record Oidc(
        String issuer, String audience, String jwks, String tenantClaim, Set<String> endpoints) {

    public Oidc {
        requireText("issuer", issuer);
        requireText("audience", audience);
        requireText("jwks", jwks);
        requireText("tenant-claim", tenantClaim);
        endpoints = Set.copyOf(endpoints);
    }

    private static void requireText(String name, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(name + " must not be blank");
        }
    }
}
