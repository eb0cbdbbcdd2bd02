package io.millrace.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            textBlock =
                    """
                    "  Don't --PANIC!  ", don t panic
                    Größe ﬁne № 5,       größe fine no 5
                    "a~b\tc",            a b c
                    "?! ...",            ?! ...
                    "   ",               ""
                    """)
    void wordsStandInOneLineWithOneSpaceBetween(String text, String line) {
        assertThat(Words.line(text)).isEqualTo(line);
    }

    /** One letter beyond ASCII sends a text the long way. */
    @ParameterizedTest
    @ValueSource(strings = {"Hi, you!", "x~{y}\u007Fz", "\r\n 1st 2ND `3rd`", "@[A-Z]", "0/9:a"})
    void theShortWayOfAsciiComesToTheSame(String text) {
        assertThat(Words.line(text) + " é").isEqualTo(Words.line(text + " é"));
    }
}
