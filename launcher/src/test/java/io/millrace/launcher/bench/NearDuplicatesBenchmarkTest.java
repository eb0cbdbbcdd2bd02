package io.millrace.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.UsageException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class NearDuplicatesBenchmarkTest {

    @Test
    void plantedNearDuplicatesOfEveryLengthAndEditAreFoundAndNothingElse() {
        List<Figure> figures = new NearDuplicatesBenchmark().sized(4_000).run(line -> {});

        Map<String, Double> values =
                figures.stream().collect(Collectors.toMap(Figure::name, Figure::value));
        assertThat(values.get("planted pairs")).isGreaterThan(300);
        assertThat(values.get("recall")).isGreaterThanOrEqualTo(95);
        assertThat(values.get("false positives")).isLessThanOrEqualTo(0.1);
    }

    @Test
    void tooFewTextsSayNothing() {
        assertThatThrownBy(() -> new NearDuplicatesBenchmark().sized(10))
                .isInstanceOf(UsageException.class);
    }
}
