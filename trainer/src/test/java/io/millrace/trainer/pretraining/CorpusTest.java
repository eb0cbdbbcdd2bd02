package io.millrace.trainer.pretraining;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** On the project's own sources and the whole of WordNet. */
class CorpusTest {

    private static final Path SOURCES = Path.of("data/pretraining");

    private static List<Corpus.Exchange> exchanges = List.of();
    private static int documents;

    @BeforeAll
    static void read() throws IOException {
        List<Corpus.Document> epoch = new Corpus(SOURCES).epoch(new SplittableRandom(1));
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
        assertThat(exchanges)
                .extracting(Corpus.Exchange::answer)
                .contains(
                        "energy: power cut",
                        "energy_power_cut",
                        "energy-power-cut",
                        "Energy: Power Cut");
    }

    @Test
    void leavesWordsOutOfHalfOfTheDeskMessages() throws IOException {
        Map<String, String> labels = new HashMap<>();
        for (String line : Files.readAllLines(SOURCES.resolve("desks.jsonl"))) {
            JsonNode message = JsonMapper.shared().readTree(line);
            labels.put(message.path("text").asString(), message.path("label").asString());
        }
        List<String> read =
                exchanges.stream()
                        .filter(exchange -> labels.containsValue(exchange.answer()))
                        .map(exchange -> lastLine(exchange.prompt().getLast().content()))
                        .toList();

        double whole = read.stream().filter(labels::containsKey).count() / (double) read.size();

        assertThat(read).hasSizeGreaterThan(labels.size());
        assertThat(whole).isBetween(0.5, 0.65);
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

    private static String lastLine(String text) {
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private static IntStream bytes(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return IntStream.range(0, bytes.length).map(i -> Byte.toUnsignedInt(bytes[i]));
    }
}
