package io.millrace.ingest.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.redaction.Redaction;
import io.millrace.ingest.redaction.RedactionRules;
import io.millrace.schemas.Feedback;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedactionAtTheDoorTest {

    private final GatewayUnderTest gateway =
            new GatewayUnderTest(
                    GatewayConfig.local(0)
                            .with(
                                    new Redaction(
                                            RedactionRules.DEFAULT.withNames(List.of("Grace")))));

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void whatIsWrittenHasPlaceholdersByTheGatewaysRules() {
        gateway.post(
                "/v1/feedback",
                "{\"interactionId\": \"i-1\", \"kind\": \"thumb\", \"value\": 1, \"comment\": \"Grace, a@b.example\"}");

        assertThat(gateway.sent)
                .singleElement()
                .isInstanceOfSatisfying(
                        Feedback.class,
                        event -> assertThat(event.comment()).isEqualTo("<NAME_1>, <EMAIL_1>"));
    }
}
