package io.millrace.trainer.pretraining;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On the project's own sources and the whole of WordNet. */
class CorpusTest {

    private static List<Corpus.Exchange> exchanges = List.of();
    private static int documents;

    @BeforeAll
    static void read() throws IOException {
        List<Corpus.Document> epoch =
                new Corpus(Path.of("data/pretraining")).epoch(new SplittableRandom(1));
        documents = epoch.size();
        exchanges =
                epoch.stream()
                        .filter(Corpus.Exchange.class::isInstance)
                        .map(Corpus.Exchange.class::cast)
                        .toList();
    }

    @Test
    void readsTheWholeOfWordNet() {
        assertThat(WordNet.read()).hasSize(117_791);
        assertThat(documents).isGreaterThan(130_000);
    }

    @Test
    void spellsALabelInSeveralWays() {
        assertThat(answersTo("Our shop lost a day of sales because of the power failure."))
                .contains("energy: power cut", "energy_power_cut");
    }

    @Test
    void writesEveryByteThatPrintableCharactersHave() {
        Set<Integer> written =
                exchanges.stream()
                        .flatMapToInt(exchange -> bytes(exchange.answer()))
                        .boxed()
                        .collect(toSet());

        assertThat(written)
                .containsAll(IntStream.rangeClosed(' ', '~').boxed().toList())
                .containsAll(IntStream.rangeClosed(0x80, 0xbf).boxed().toList())
                .containsAll(IntStream.rangeClosed(0xc2, 0xf0).boxed().toList())
                .contains(0xf3, 0xf4, (int) '\n');
    }

    private static Set<String> answersTo(String message) {
        return exchanges.stream()
                .filter(exchange -> exchange.prompt().getLast().content().endsWith(message))
                .map(Corpus.Exchange::answer)
                .collect(toSet());
    }

    private static IntStream bytes(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return IntStream.range(0, bytes.length).map(i -> Byte.toUnsignedInt(bytes[i]));
    }
}
