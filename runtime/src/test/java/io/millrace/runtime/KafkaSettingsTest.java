package io.millrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KafkaSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "localhost", "localhost:", ":9092", "a:1,,b:2", "a:port"})
    void whatIsNoAddressIsAUsageErrorThatShowsHowOneLooks(String servers) {
        assertThatThrownBy(() -> new KafkaSettings(servers, "millrace"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("'%s' must be host:port, such as localhost:9092", servers);
    }

    @Test
    void severalServersAreTaken() {
        assertThatCode(() -> new KafkaSettings("a:1,b.example:9092", "millrace"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "-a", "a/b"})
    void aPrefixThatNoTopicMayHaveIsAUsageError(String prefix) {
        assertThatThrownBy(() -> new KafkaSettings("localhost:9092", prefix))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("topic prefix '%s'", prefix);
    }

    @Test
    void aBrokerThatDoesNotAnswerIsNamedWithTheFix() {
        KafkaSettings settings = new KafkaSettings("localhost:9", "millrace");

        MillraceException failure =
                settings.failure("reading x", new TimeoutException("after 15 s"));

        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(failure)
                .hasMessageContaining("no Kafka broker answers at localhost:9")
                .hasMessageContaining("--bootstrap-servers");
    }

    @Test
    void aHostThatNoNameServerKnowsIsNamed() {
        KafkaSettings settings = new KafkaSettings("nowhere.invalid:9092", "millrace");

        assertThatThrownBy(() -> settings.consumer("test"))
                .isInstanceOf(MillraceException.class)
                .hasMessageContaining("nowhere.invalid:9092");
    }
}
