package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.launcher.demo.Cast.Lie;
import io.millrace.launcher.demo.Cast.Newcomers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CastTest {

    private final Cast cast = cast(3);

    @Test
    void liesAreTheRightLabelsInTheWrongPlaces() {
        List<Lie> lies = cast.lies(3);

        assertThat(lies).extracting(Lie::question).isEqualTo(cast.mischief());
        assertThat(lies)
                .extracting(Lie::answer)
                .containsExactlyInAnyOrderElementsOf(
                        cast.mischief().stream().map(LabelledExample::answer).toList());
        assertThat(lies).filteredOn(lie -> lie.answer().equals(lie.question().answer())).isEmpty();
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
