package io.millrace.ingest.gateway.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.millrace.ingest.gateway.access.Admission.Admitted;
import io.millrace.ingest.gateway.access.Admission.Denied;
import io.millrace.ingest.gateway.access.Admission.Undecided;
import io.millrace.ingest.gateway.access.Caller.Member;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.TenantId;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Verifies signed tokens (RFC 7519): signature by one of the issuer's keys and an asymmetric
 * algorithm, issuer, audience, expiry, a tenant.
 */
final class TokenVerifier {

    private static final Set<JWSAlgorithm> ALGORITHMS = algorithms();
    private static final JOSEObjectType ACCESS_TOKEN = new JOSEObjectType("at+jwt");

    private final Oidc oidc;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    private TokenVerifier(Oidc oidc, JWKSource<SecurityContext> keys, Clock clock) {
        this.oidc = oidc;
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, ACCESS_TOKEN, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        JWTClaimsSet exact = new JWTClaimsSet.Builder().issuer(oidc.issuer()).build();
        processor.setJWTClaimsSetVerifier(
                new DefaultJWTClaimsVerifier<>(
                        oidc.audience(), exact, Set.of("exp", oidc.tenantClaim())) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                });
    }

    static TokenVerifier of(Oidc oidc, Clock clock) {
        return new TokenVerifier(oidc, keys(oidc.jwks()), clock);
    }

    Admission verify(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            TenantId tenant = new TenantId(claims.getStringClaim(oidc.tenantClaim()));
            return new Admitted(new Member(tenant, oidc.endpoints()));
        } catch (KeySourceException e) {
            return new Undecided("the issuer's keys cannot be had");
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            return new Denied(
                    "the token is not a current one of the issuer for this audience with a tenant");
        }
    }

    private static JWKSource<SecurityContext> keys(String jwks) {
        try {
            return jwks.matches("https?://.*")
                    ? JWKSourceBuilder.create(URI.create(jwks).toURL()).retrying(true).build()
                    : new ImmutableJWKSet<>(JWKSet.load(Path.of(jwks).toFile()));
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw new UsageException("the jwks URL %s is none".formatted(jwks), e);
        } catch (IOException | ParseException e) {
            throw new UsageException(
                    "the jwks file %s cannot be read: name a JSON Web Key Set".formatted(jwks), e);
        }
    }

    private static Set<JWSAlgorithm> algorithms() {
        Set<JWSAlgorithm> algorithms = new LinkedHashSet<>(JWSAlgorithm.Family.RSA);
        algorithms.addAll(JWSAlgorithm.Family.EC);
        return Set.copyOf(algorithms);
    }
}
