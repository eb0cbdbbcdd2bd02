package io.millrace.ingest.curation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Plain text takes a shorter way to the same result. */
class PlainTextTest {

    private static final int TEXTS = 500;

    static Stream<String> texts() {
        Random random = new Random(11);
        return Stream.generate(() ->
                        random.ints(random.nextInt(12), 1, 128)
                                .mapToObj(Character::toString)
                                .collect(Collectors.joining()))
                .limit(TEXTS);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theWordsOfPlainTextAreThoseOfItsFoldedForm(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        String words = folded.replaceAll("[^\\p{L}\\p{M}\\p{N}]+", " ").strip();

        assertThat(PromptText.of(text).input()).isEqualTo(words.isEmpty() ? folded.strip() : words);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatStandsAroundOtherSpellingsDoesNotChangeHowPlainTextIsNormalised(String text) {
        // Behind a letter with an accent nothing is plain, and the longer way is taken.
        String other = "\u00e9" + text;

        assertThat("\u00e9" + Normalisation.of("." + text).substring(1))
                .isEqualTo(Normalisation.of(other));
    }
}
