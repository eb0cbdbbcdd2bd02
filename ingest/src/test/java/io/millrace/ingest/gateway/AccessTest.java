package io.millrace.ingest.gateway;

import static io.millrace.ingest.gateway.GatewayUnderTest.FEEDBACK;
import static io.millrace.ingest.gateway.GatewayUnderTest.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.millrace.ingest.gateway.GatewayUnderTest.Response;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessTest {

    private static final String ACME = "acme-key-0123456789abcdef";
    private static final String GLOBEX = "globex-key-0123456789abcdef";

    private RSAKey issuerKey;
    private GatewayUnderTest gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws JOSEException, IOException {
        issuerKey = new RSAKeyGenerator(2048).keyID("k").generate();
        Path jwks = folder.resolve("jwks.json");
        Files.writeString(jwks, new JWKSet(issuerKey.toPublicJWK()).toString());
        Path settings = folder.resolve("gateway.yaml");
        Files.writeString(
                settings,
                """
                api-keys:
                  - {tenant: acme, sha256: %s}
                  - {tenant: globex, sha256: %s, endpoints: [feedback]}
                oidc: {issuer: "https://issuer.example", audience: millrace, jwks: %s, endpoints: [feedback, corrections]}
                """
                        .formatted(hash(ACME), hash(GLOBEX), jwks));
        gateway = new GatewayUnderTest(GatewayFile.read(settings));
    }

    @BeforeEach
    void forget() {
        gateway.sent.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private static String hash(String key) {
        return Sha256.of(key.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private Response post(String path, String body, String credential) {
        return gateway.post(path, body, "authorization", "Bearer " + credential);
    }

    @Test
    void aKeySignsTheEventAndItsPrincipalWithTheTenant() {
        Response response =
                gateway.post(
                        "/v1/feedback",
                        FEEDBACK,
                        "authorization",
                        "bearer " + ACME,
                        "x-millrace-principal",
                        "ann");
        post(
                "/v1/corrections",
                "{\"interactionId\": \"i-1\", \"answer\": \"a\", \"principal\": \"acme/ann\", \"tenant\": \"acme\"}",
                ACME);

        assertThat(response.status()).isEqualTo(202);
        Feedback feedback = (Feedback) gateway.sent.get(0);
        assertThat(feedback.tenant()).hasToString("acme");
        assertThat(feedback.principal()).hasToString("acme/ann");
        assertThat(feedback.interactionId()).hasToString("i-1");
        Correction correction = (Correction) gateway.sent.get(1);
        assertThat(correction.tenant()).hasToString("acme");
        assertThat(correction.principal()).hasToString("acme/ann");
    }

    @Test
    void nobodySpeaksForAnotherTenant() {
        String claimed = FEEDBACK.replace("{", "{\"tenant\": \"globex\", ");
        Response response = post("/v1/feedback", claimed, ACME);
        post("/v1/erasures", "{\"principal\": \"globex/ann\"}", ACME);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.pointer()).isEqualTo("#/tenant");
        assertThat(((Erasure) gateway.sent.getFirst()).principal()).hasToString("acme/globex/ann");
    }

    @Test
    void withoutGoodCredentialsNothingIsTaken() {
        Response none = gateway.post("/v1/feedback", FEEDBACK);
        Response basic = gateway.post("/v1/feedback", FEEDBACK, "authorization", "Basic YTpi");
        Response unknown = post("/v1/feedback", FEEDBACK, "guess");
        Response hashed = post("/v1/feedback", FEEDBACK, hash(ACME));

        assertThat(java.util.List.of(none, basic, unknown, hashed))
                .allSatisfy(response -> {
                    assertThat(response.status()).isEqualTo(401);
                    assertThat(response.header("www-authenticate")).isEqualTo("Bearer");
                    assertThat(response.header("content-type"))
                            .isEqualTo("application/problem+json");
                });
        assertThat(new String(unknown.http().body(), StandardCharsets.UTF_8))
                .doesNotContain("guess");
        assertThat(gateway.sent).isEmpty();
    }

    @Test
    void aKeyIsGoodForItsEndpointsAlone() {
        String correction = "{\"interactionId\": \"i-1\", \"answer\": \"a\"}";
        String demonstration =
                "{\"metric_name\": \"demonstration\", \"inference_id\": \"i-1\", \"value\": \"a\"}";

        assertThat(post("/v1/feedback", FEEDBACK, GLOBEX).status()).isEqualTo(202);
        assertThat(post("/v1/corrections", correction, GLOBEX).status()).isEqualTo(403);
        assertThat(post("/v1/feedback", demonstration, GLOBEX).status()).isEqualTo(403);
        assertThat(gateway.sent).hasSize(1);
    }

    @Test
    void twoTenantsMayUseTheSameIdempotencyKey() {
        String[] acme = {"authorization", "Bearer " + ACME, "idempotency-key", "k"};
        String[] globex = {"authorization", "Bearer " + GLOBEX, "idempotency-key", "k"};

        Response first = gateway.post("/v1/feedback", FEEDBACK, acme);
        Response second = gateway.post("/v1/feedback", FEEDBACK, globex);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json()).isNotEqualTo(first.json());
        assertThat(gateway.sent).hasSize(2);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("millrace")
                .expirationTime(Date.from(NOW.plusSeconds(600)))
                .claim("tenant", "initech");
    }

    private static String signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID("k").build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(JWSAlgorithm.RS256, new RSASSASigner(issuerKey), claims);
    }

    @Test
    void aTokenOfTheIssuerNamesTheTenant() throws JOSEException {
        String token = signed(claims().build());

        assertThat(post("/v1/feedback", FEEDBACK, token).status()).isEqualTo(202);
        assertThat(post("/v1/erasures", "{\"principal\": \"ann\"}", token).status()).isEqualTo(403);
        assertThat(((Feedback) gateway.sent.getFirst()).tenant()).hasToString("initech");
    }

    @Test
    void aTokenThatIsNotCurrentOrNotForUsIsRefused() throws JOSEException {
        assertThat(status(claims().expirationTime(Date.from(NOW.minusSeconds(120)))))
                .isEqualTo(401);
        assertThat(status(claims().expirationTime(null))).isEqualTo(401);
        assertThat(status(claims().notBeforeTime(Date.from(NOW.plusSeconds(300))))).isEqualTo(401);
        assertThat(status(claims().issuer("https://other.example"))).isEqualTo(401);
        assertThat(status(claims().audience("another"))).isEqualTo(401);
        assertThat(status(claims().claim("tenant", null))).isEqualTo(401);
        assertThat(status(claims().claim("tenant", 7))).isEqualTo(401);
        assertThat(status(claims().claim("tenant", "a/b"))).isEqualTo(401);
        assertThat(gateway.sent).isEmpty();
    }

    private int status(JWTClaimsSet.Builder claims) throws JOSEException {
        return post("/v1/feedback", FEEDBACK, signed(claims.build())).status();
    }

    @Test
    void aTokenThatTheIssuerDidNotSignIsRefused() throws JOSEException {
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("k").generate();
        String strangers = signed(JWSAlgorithm.RS256, new RSASSASigner(stranger), claims().build());
        byte[] publicKey = issuerKey.toRSAPublicKey().getEncoded();
        String confused = signed(JWSAlgorithm.HS256, new MACSigner(publicKey), claims().build());
        String unsigned = new PlainJWT(claims().build()).serialize();
        String good = signed(claims().build());
        String tampered = good.substring(0, good.length() - 8) + "AAAAAAAA";

        for (String token : new String[] {strangers, confused, unsigned, tampered, "..", "a.b.c"}) {
            assertThat(post("/v1/feedback", FEEDBACK, token).status()).isEqualTo(401);
        }
        assertThat(gateway.sent).isEmpty();
    }
}
