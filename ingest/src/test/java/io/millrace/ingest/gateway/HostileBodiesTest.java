package io.millrace.ingest.gateway;

import static io.millrace.ingest.gateway.GatewayUnderTest.FEEDBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.gateway.GatewayUnderTest.Response;
import io.millrace.ingest.gateway.access.Access;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileBodiesTest {

    private static final Limits LIMITS = new Limits(2 << 20, 32, 1_000, 100, 3);
    private static final String CORRECTION = "{\"interactionId\": \"i\", \"answer\": %s}";

    private GatewayUnderTest gateway;

    @BeforeAll
    void start() {
        gateway = new GatewayUnderTest(new GatewaySettings(LIMITS, null, new Access.Open()));
    }

    @AfterEach
    void itStillTakesWhatIsGood() {
        assertThat(gateway.post("/v1/feedback", FEEDBACK).status()).isEqualTo(202);
        gateway.sent.clear();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private void refused(Response response, int status, String pointer) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("content-type")).isEqualTo("application/problem+json");
        assertThat(response.pointer()).isEqualTo(pointer);
        assertThat(gateway.sent).isEmpty();
    }

    @Test
    void nestingTenThousandDeepIsRefusedWhereItGetsTooDeep() {
        String deep = CORRECTION.formatted("[".repeat(10_000) + "]".repeat(10_000));

        refused(gateway.post("/v1/corrections", deep), 400, "#/answer" + "/0".repeat(31));
    }

    @Test
    void longNamesDoNotMakeALongProblem() {
        String deep = ("{\"" + "n".repeat(900) + "\":").repeat(40) + "1" + "}".repeat(40);

        Response response = gateway.post("/v1/corrections", deep);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.http().body()).hasSizeLessThan(1_000);
    }

    @Test
    void aNumberOfAMillionDigitsIsNamed() {
        String digits = "1".repeat(1_000_000);

        refused(gateway.post("/v1/corrections", CORRECTION.formatted(digits)), 413, "#/answer");
        refused(
                gateway.post("/v1/corrections", CORRECTION.formatted("1".repeat(101))),
                413,
                "#/answer");
        refused(
                gateway.post("/v1/corrections", CORRECTION.formatted("0." + digits)),
                413,
                "#/answer");
    }

    @Test
    void aNumberThatIsShortAndHugeIsNamed() {
        String body = "{\"interactionId\": \"i\", \"answer\": \"a\", \"revision\": 1e999999999}";

        refused(gateway.post("/v1/corrections", body), 400, "#/revision");
    }

    @Test
    void aTextOverTheLimitIsNamed() {
        String text = "\"" + "a".repeat(1_001) + "\"";

        refused(gateway.post("/v1/corrections", CORRECTION.formatted(text)), 413, "#/answer");
    }

    @Test
    void brokenUtf8IsRefused() {
        for (byte[] bad :
                List.of(
                        new byte[] {(byte) 0xff},
                        new byte[] {(byte) 0xc3, '('},
                        new byte[] {(byte) 0xe2, (byte) 0x82},
                        new byte[] {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80})) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(
                    "{\"interactionId\": \"i\", \"answer\": \"".getBytes(StandardCharsets.UTF_8));
            body.writeBytes(bad);
            body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));

            refused(gateway.post("/v1/corrections", body.toByteArray()), 400, "#");
        }
    }

    @Test
    void somethingBehindTheJsonIsRefused() {
        refused(gateway.post("/v1/feedback", FEEDBACK + FEEDBACK), 400, "#");
        refused(gateway.post("/v1/feedback", ""), 400, "#");
    }

    @Test
    void bytesAtRandomAreRefusedOneWayOrAnother() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        byte[] good = FEEDBACK.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 300; i++) {
            byte[] bytes = good.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            for (MediaType type : MediaType.values()) {
                assertThat(
                                gateway.post("/v1/feedback", bytes, "content-type", type.text())
                                        .status())
                        .isIn(202, 400);
            }
        }
        gateway.sent.clear();
    }

    @Test
    void aBatchOverItsLimitIsRefusedAtTheFirstEventBeyond() {
        Response lines =
                gateway.post(
                        "/v1/feedback",
                        (FEEDBACK + "\n\n").repeat(4),
                        "content-type",
                        "application/x-ndjson");
        Response list =
                gateway.post(
                        "/v1/feedback",
                        "[1, 2, 3, 4]",
                        "content-type",
                        "application/cloudevents-batch+json");

        refused(lines, 413, "#");
        assertThat(lines.json().at("/errors/0/line").asInt()).isEqualTo(7);
        refused(list, 413, "#/3");
    }

    @Test
    void anUnknownMediaTypeIsToldTheKnownOnes() {
        Response response = gateway.post("/v1/feedback", FEEDBACK, "content-type", "text/plain");

        assertThat(response.status()).isEqualTo(415);
        assertThat(response.header("accept-post"))
                .contains("application/json", "application/x-ndjson");
    }

    @Test
    void whatIsNoRequestIsRefusedWithAProblemToo() {
        Response zipped = gateway.post("/v1/feedback", FEEDBACK, "content-encoding", "gzip");

        assertThat(zipped.status()).isEqualTo(400);
        assertThat(zipped.header("content-type")).isEqualTo("application/problem+json");
        assertThat(zipped.json().get("status").asInt()).isEqualTo(400);
    }
}
