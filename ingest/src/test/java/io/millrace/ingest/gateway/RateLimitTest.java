package io.millrace.ingest.gateway;

import static io.millrace.ingest.gateway.GatewayUnderTest.FEEDBACK;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.gateway.GatewayUnderTest.Response;
import io.millrace.ingest.gateway.access.Access;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final GatewayUnderTest gateway =
            new GatewayUnderTest(
                    new GatewaySettings(Limits.STANDARD, new RateLimit(0.5, 3), new Access.Open()));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void aBurstIsTakenAndThenOneEventEachTwoSeconds() {
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.post("/v1/feedback", FEEDBACK).status()).isEqualTo(202);
        }

        Response refused = gateway.post("/v1/feedback", FEEDBACK);
        gateway.now = gateway.now.plusSeconds(2);
        Response later = gateway.post("/v1/feedback", FEEDBACK);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("2");
        assertThat(refused.header("content-type")).isEqualTo("application/problem+json");
        assertThat(later.status()).isEqualTo(202);
        assertThat(gateway.sent).hasSize(4);
    }

    @Test
    void aBatchPaysForEachEventAndMayLeaveADebt() {
        Response batch =
                gateway.post(
                        "/v1/feedback",
                        (FEEDBACK + "\n").repeat(10),
                        "content-type",
                        "application/x-ndjson");

        Response refused = gateway.post("/v1/feedback", FEEDBACK);

        assertThat(batch.status()).isEqualTo(202);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("retry-after")).isEqualTo("16");
    }

    @Test
    void aClockThatIsSetBackGivesNothing() {
        for (int i = 0; i < 3; i++) {
            gateway.post("/v1/feedback", FEEDBACK);
        }
        gateway.now = gateway.now.minusSeconds(60);

        assertThat(gateway.post("/v1/feedback", FEEDBACK).status()).isEqualTo(429);
    }
}
