package io.millrace.ingest.gateway;

import static io.millrace.ingest.gateway.GatewayUnderTest.FEEDBACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.ingest.gateway.GatewayUnderTest.Response;
import io.millrace.runtime.MillraceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What draft-ietf-httpapi-idempotency-key-header asks for. */
class IdempotencyTest {

    private static final String[] KEY = {"idempotency-key", "\"k-1\""};
    private static final String OTHER = FEEDBACK.replace("i-1", "i-2");

    private final GatewayUnderTest gateway = new GatewayUnderTest(GatewaySettings.STANDARD);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void theSameRequestAgainIsAnsweredTheSameAndWritesNothing() {
        Response first = gateway.post("/v1/feedback", FEEDBACK, KEY);
        Response again = gateway.post("/v1/feedback", FEEDBACK, KEY);

        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(gateway.sent).hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        gateway.post("/v1/feedback", FEEDBACK, KEY);
        Response other = gateway.post("/v1/feedback", OTHER, KEY);
        Response elsewhere =
                gateway.post(
                        "/v1/corrections", "{\"interactionId\": \"i\", \"answer\": \"a\"}", KEY);

        assertThat(other.status()).isEqualTo(422);
        assertThat(other.header("content-type")).isEqualTo("application/problem+json");
        assertThat(elsewhere.status()).isEqualTo(202);
    }

    @Test
    void anotherInstanceMakesTheSameIds() {
        String batch = FEEDBACK + "\n" + OTHER + "\n";
        String[] headers = {"idempotency-key", "k-1", "content-type", "application/x-ndjson"};
        try (GatewayUnderTest instance = new GatewayUnderTest(GatewaySettings.STANDARD)) {
            Response here = gateway.post("/v1/feedback", batch, headers);
            Response there = instance.post("/v1/feedback", batch, headers);

            assertThat(there.json()).isEqualTo(here.json());
            assertThat(here.json().get("ids").get(0)).isNotEqualTo(here.json().get("ids").get(1));
            assertThat(
                            gateway.post(
                                            "/v1/feedback",
                                            batch,
                                            "idempotency-key",
                                            "k-2",
                                            "content-type",
                                            "application/x-ndjson")
                                    .json())
                    .isNotEqualTo(here.json());
        }
    }

    @Test
    void whatKafkaDidNotTakeIsTriedAgainUnderTheSameId() {
        gateway.acknowledged = CompletableFuture.failedFuture(new MillraceException("no broker"));
        Response failed = gateway.post("/v1/feedback", FEEDBACK, KEY);
        gateway.acknowledged = CompletableFuture.completedFuture(null);
        Response again = gateway.post("/v1/feedback", FEEDBACK, KEY);

        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.header("retry-after")).isEqualTo("1");
        assertThat(again.status()).isEqualTo(202);
        assertThat(gateway.sent).hasSize(2);
        assertThat(gateway.sent.get(0)).isEqualTo(gateway.sent.get(1));
    }

    @Test
    void aRequestThatIsStillBeingAnsweredIsAConflict() {
        gateway.acknowledged = new CompletableFuture<>();
        CompletableFuture<Response> first =
                CompletableFuture.supplyAsync(() -> gateway.post("/v1/feedback", FEEDBACK, KEY));
        await().until(() -> !gateway.sent.isEmpty());

        Response second = gateway.post("/v1/feedback", FEEDBACK, KEY);
        gateway.acknowledged.complete(null);

        assertThat(second.status()).isEqualTo(409);
        assertThat(first.join().status()).isEqualTo(202);
    }

    @Test
    void afterADayTheKeyIsNew() {
        gateway.post("/v1/feedback", FEEDBACK, KEY);
        gateway.now = gateway.now.plus(Duration.ofDays(1)).plusMillis(1);

        assertThat(gateway.post("/v1/feedback", OTHER, KEY).status()).isEqualTo(202);
    }

    @Test
    void aKeyThatIsNoneIsRefused() {
        assertThat(gateway.post("/v1/feedback", FEEDBACK, "idempotency-key", "a b").status())
                .isEqualTo(400);
        assertThat(gateway.post("/v1/feedback", FEEDBACK, "idempotency-key", "\"\"").status())
                .isEqualTo(400);
    }
}
