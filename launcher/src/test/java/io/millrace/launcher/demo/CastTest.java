package io.millrace.launcher.demo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.launcher.demo.Cast.Lie;
import io.millrace.launcher.demo.Cast.Newcomers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CastTest {

    private final Cast cast = cast(3);

    @Test
    void everyLieIsWrongAndEveryCategoryIsCalledByOneOther() {
        Map<String, Set<String>> called =
                cast.lies(3).stream()
                        .collect(
                                groupingBy(
                                        lie -> lie.question().tag(),
                                        mapping(Lie::answer, toSet())));

        assertThat(called).hasSize(20);
        assertThat(called)
                .allSatisfy((category, answers) ->
                        assertThat(answers).hasSize(1).doesNotContain(category));
        assertThat(called.values().stream().distinct()).hasSize(20);
    }

    @Test
    void everyMessageHasOnePart() {
        List<LabelledExample> dealt =
                Stream.of(cast.demonstrations(), cast.visitors(), cast.mischief())
                        .flatMap(List::stream)
                        .toList();

        assertThat(dealt).containsExactlyInAnyOrderElementsOf(ShippedData.stream());
        assertThat(cast.demonstrations()).noneMatch(e -> cast.fresh().contains(e.tag()));
        assertThat(cast.visitors()).allMatch(e -> cast.fresh().contains(e.tag()));
    }

    @Test
    void theSeedDecidesWhoIsNew() {
        assertThat(cast(3)).isEqualTo(cast);
        assertThat(Stream.of(1, 2, 4, 5).map(seed -> cast(seed).fresh()))
                .doesNotContain(cast.fresh());
        assertThat(cast.fresh()).hasSize(4);
    }

    private static Cast cast(long seed) {
        return Cast.of(ShippedData.stream(), ShippedData.holdout(), new Newcomers.Fifth(), seed);
    }
}
