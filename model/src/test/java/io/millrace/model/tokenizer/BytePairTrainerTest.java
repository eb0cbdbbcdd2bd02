package io.millrace.model.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePairTrainerTest {

    private static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>");
    private static final String TEXT =
            "low lower lowest, newer newest wider widest; the lowest of the low. aaaa aaa banana "
                    + "bandana caf\u00e9 na\u00efve 2024 1999 don't won't we'll\n\nlow\u00a0low";

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(ints = {270, 300, 1000})
    void mergesAreThoseOfANaiveTrainer(int size) {
        BytePairTrainer.Vocabulary vocabulary =
                BytePairTrainer.train(SPECIAL, size, Stream.of(TEXT, TEXT, "a lower widow"));

        List<BytePairTrainer.Merge> expected =
                naiveMerges(List.of(TEXT, TEXT, "a lower widow"), size - 258);
        assertThat(vocabulary.merges()).hasSizeGreaterThan(11).isEqualTo(expected);
    }

    @Test
    void symbolsAreSpecialTokensThenBytesThenOneForEachMerge() {
        BytePairTrainer.Vocabulary vocabulary =
                BytePairTrainer.train(SPECIAL, 300, Stream.of(TEXT));

        assertThat(vocabulary.symbols()).hasSize(300).doesNotHaveDuplicates();
        assertThat(vocabulary.symbols().subList(0, 2)).isEqualTo(SPECIAL);
        assertThat(vocabulary.symbols().get(2 + 'a')).isEqualTo("a");
        assertThat(vocabulary.symbols().get(2 + ' ')).isEqualTo("\u0120");
        assertThat(vocabulary.symbols().subList(258, 300))
                .isEqualTo(vocabulary.merges().stream().map(m -> m.left() + m.right()).toList());
    }

    @Test
    void aSymbolMadeTwoWaysKeepsOneId() {
        // "abc" comes of ab+c first and of a+bc later.
        BytePairTrainer.Vocabulary vocabulary =
                BytePairTrainer.train(
                        List.of(),
                        1000,
                        Stream.of("abcab abcab abx abx aabc aabc bcbc bcbc abcbc"));

        assertThat(vocabulary.symbols()).doesNotHaveDuplicates();
        assertThat(vocabulary.merges()).doesNotHaveDuplicates();
    }

    @Test
    void theSameTextGivesTheSameFile() {
        String first = TokenizerFile.toJson(BytePairTrainer.train(SPECIAL, 300, Stream.of(TEXT)));
        String second = TokenizerFile.toJson(BytePairTrainer.train(SPECIAL, 300, Stream.of(TEXT)));

        assertThat(first).isEqualTo(second);
    }

    @Test
    void trainingEndsWhenThereIsNothingToMerge() {
        BytePairTrainer.Vocabulary vocabulary =
                BytePairTrainer.train(List.of(), 1000, Stream.of("ab"));

        assertThat(vocabulary.merges()).containsExactly(new BytePairTrainer.Merge("a", "b"));
    }

    @Test
    void huggingFacesLibrarySplitsAndMergesAsTheTrainerDid() throws IOException {
        BytePairTrainer.Vocabulary vocabulary =
                BytePairTrainer.train(SPECIAL, 1000, Stream.of(TEXT));
        Files.writeString(directory.resolve("tokenizer.json"), TokenizerFile.toJson(vocabulary));

        try (Tokenizer tokenizer = Tokenizer.read(directory)) {
            List<String> found =
                    IntStream.of(tokenizer.encode(TEXT))
                            .mapToObj(vocabulary.symbols()::get)
                            .toList();

            // Everything was merged, so each word is one token.
            List<String> words =
                    split(TEXT).stream().map(word -> String.join("", symbols(word))).toList();
            assertThat(found).isEqualTo(words);
            assertThat(tokenizer.size()).isEqualTo(vocabulary.symbols().size());
        }
    }

    /** Counts every pair anew for each merge. */
    private static List<BytePairTrainer.Merge> naiveMerges(List<String> texts, int limit) {
        List<List<String>> words = new ArrayList<>();
        for (String text : texts) {
            for (String word : split(text)) {
                words.add(new ArrayList<>(symbols(word)));
            }
        }
        Map<String, Integer> ids = new HashMap<>();
        IntStream.range(0, 256).forEach(b -> ids.put(symbol(b), b));
        List<BytePairTrainer.Merge> merges = new ArrayList<>();
        while (merges.size() < limit) {
            Map<BytePairTrainer.Merge, Integer> counts = new HashMap<>();
            for (List<String> word : words) {
                for (int i = 0; i + 1 < word.size(); i++) {
                    counts.merge(
                            new BytePairTrainer.Merge(word.get(i), word.get(i + 1)),
                            1,
                            Integer::sum);
                }
            }
            Comparator<BytePairTrainer.Merge> byRank =
                    Comparator.comparingInt((BytePairTrainer.Merge m) -> -counts.getOrDefault(m, 0))
                            .thenComparing(m -> ids.getOrDefault(m.left(), -1))
                            .thenComparing(m -> ids.getOrDefault(m.right(), -1));
            BytePairTrainer.Merge best = counts.keySet().stream().min(byRank).orElse(null);
            if (best == null) {
                break;
            }
            merges.add(best);
            ids.putIfAbsent(best.left() + best.right(), ids.size());
            words.forEach(word -> apply(best, word));
        }
        return merges;
    }

    private static void apply(BytePairTrainer.Merge merge, List<String> word) {
        for (int i = 0; i + 1 < word.size(); i++) {
            if (word.get(i).equals(merge.left()) && word.get(i + 1).equals(merge.right())) {
                word.set(i, merge.left() + merge.right());
                word.remove(i + 1);
            }
        }
    }

    /** Words, numbers and punctuation, each with the one space before it. */
    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int end = wordEnd(text, at);
            words.add(text.substring(at, end));
            at = end;
        }
        return words;
    }

    private static int wordEnd(String text, int at) {
        for (String suffix : List.of("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")) {
            if (text.startsWith(suffix, at)) {
                return at + suffix.length();
            }
        }
        int from = text.charAt(at) == ' ' && at + 1 < text.length() ? at + 1 : at;
        if (kind(text.charAt(from)) != 0) {
            return runEnd(text, from);
        }
        int end = runEnd(text, at);
        return end < text.length() && end - at > 1 ? end - 1 : end;
    }

    private static int runEnd(String text, int from) {
        int end = from;
        while (end < text.length() && kind(text.charAt(end)) == kind(text.charAt(from))) {
            end++;
        }
        return end;
    }

    private static int kind(char c) {
        if (Character.isWhitespace(c) || c == '\u00a0') {
            return 0;
        }
        return Character.isLetter(c) ? 1 : Character.isDigit(c) ? 2 : 3;
    }

    private static List<String> symbols(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        return IntStream.range(0, bytes.length).mapToObj(i -> symbol(bytes[i] & 0xFF)).toList();
    }

    /** GPT-2's table: what does not print is moved up behind 255, in order. */
    private static String symbol(int b) {
        if (prints(b)) {
            return String.valueOf((char) b);
        }
        long before = IntStream.range(0, b).filter(other -> !prints(other)).count();
        return String.valueOf((char) (256 + before));
    }

    private static boolean prints(int b) {
        return (b > 32 && b < 127) || (b > 160 && b < 256 && b != 173);
    }
}
