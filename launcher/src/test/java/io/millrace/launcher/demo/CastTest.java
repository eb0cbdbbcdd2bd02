package io.millrace.launcher.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.launcher.demo.Cast.Lie;
import io.millrace.launcher.demo.Cast.Newcomers;
import io.millrace.launcher.demo.Cast.Slice;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CastTest {

    private final Cast cast = cast(3);

    @Test
    void aFifthOfTheCategoriesIsLiedAboutEachAnsweredAsAnotherOfThem() {
        Set<String> victims = cast.victims();

        assertThat(victims).hasSize(4);
        assertThat(cast.lies())
                .extracting(Lie::question)
                .containsExactlyInAnyOrderElementsOf(
                        ShippedData.stream().stream()
                                .filter(e -> victims.contains(e.tag()))
                                .toList());
        assertThat(cast.lies()).allMatch(lie -> victims.contains(lie.answer()));
        assertThat(cast.lies()).noneMatch(lie -> lie.answer().equals(lie.question().answer()));
    }

    @Test
    void everyMessageHasOnePart() {
        List<LabelledExample> dealt =
                Stream.of(cast.demonstrations(), cast.visitors()).flatMap(List::stream).toList();

        assertThat(dealt).containsExactlyInAnyOrderElementsOf(ShippedData.stream());
        assertThat(cast.demonstrations()).noneMatch(e -> cast.fresh().contains(e.tag()));
        assertThat(cast.visitors()).allMatch(e -> cast.fresh().contains(e.tag()));
    }

    @Test
    void whatTheGateAsksTheExaminationDoesNot() {
        List<LabelledExample> dealt =
                Stream.of(cast.suite(), cast.exam()).flatMap(List::stream).toList();

        assertThat(dealt).containsExactlyInAnyOrderElementsOf(ShippedData.holdout());
        assertThat(cast.suite()).hasSize(400);
        assertThat(cast.exam(Slice.OLD)).hasSize(320);
        assertThat(cast.exam(Slice.NEW)).hasSize(80);
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
