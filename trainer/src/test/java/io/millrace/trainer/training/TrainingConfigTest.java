package io.millrace.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.UsageException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingConfigTest {

    private final TrainingConfig defaults = TrainingConfig.defaults();

    @Test
    void itsTextIsOneLineWithEverySettingInAlphabeticalOrder() {
        assertThat(defaults.text())
                .isEqualTo(
                        """
                        {"alpha":32.0,"averageFrom":0.5,"epochs":8,"learningRate":0.003,\
                        "license":"apache-2.0","maxTokens":512,"parentShare":0.0,"rank":16,"replayRatio":4.0,"seed":1,"threads":1,\
                        "tokensPerBatch":1024,"warmupShare":0.05,"wordDropout":0.2}\
                        """);
    }

    @Test
    void itsTextReadsBackAsItself() {
        assertThat(TrainingConfig.read(defaults.text())).isEqualTo(defaults);
    }

    @Test
    void oneSettingCanBeChangedAndTheRestStays() {
        TrainingConfig changed = defaults.overriddenBy("{\"epochs\": 7}");

        assertThat(changed.epochs()).isEqualTo(7);
        assertThat(changed.overriddenBy("{\"epochs\": 8}")).isEqualTo(defaults);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"epoch\": 3} | unknown setting 'epoch'; known are alpha, averageFrom, epochs, learningRate",
                "{\"epochs\": \"3\"} | 'epochs' has a value of the wrong kind",
                "{\"epochs\": 2.5} | 'epochs' has a value of the wrong kind",
                "{\"epochs\": null} | 'epochs' has a value of the wrong kind",
                "{\"epochs\": 0} | epochs must be at least 1",
                "{\"learningRate\": -1} | learningRate must be between 0 and 1",
                "{\"averageFrom\": 1.5} | averageFrom must be from 0 to 1",
                "{\"parentShare\": 1} | parentShare must be from 0 to below 1",
                "{\"license\": \"mine: all\"} | license must be an id",
                "[] | write a JSON object",
                "nonsense | nonsense",
            })
    void whatIsWrongIsNamedInOneLine(String json, String named) {
        assertThatThrownBy(() -> defaults.overriddenBy(json))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("training config: ")
                .hasMessageContaining(named)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        assertThatThrownBy(() -> defaults.overriddenBy("{\"epochs\": 0, \"rank\": 0}"))
                .hasMessage("training config: epochs must be at least 1; rank must be at least 1");
    }

    @Test
    void aRecordedTextWithASettingMissingIsRefused() {
        String text = defaults.text().replace("\"rank\":16,", "");

        assertThatThrownBy(() -> TrainingConfig.read(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("rank");
    }

    @Test
    void everyWindowHasItsOwnSeedThatAnyJsonReaderKeepsWhole() {
        assertThat(IntStream.rangeClosed(1, 1000).mapToLong(defaults::seedOf).distinct())
                .hasSize(1000)
                .allMatch(seed -> seed >= 0 && seed < 1L << 53);
        assertThat(defaults.seedOf(1)).isEqualTo(defaults.seedOf(1));
    }
}
