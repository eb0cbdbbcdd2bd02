package io.millrace.model.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Trains a byte-level BPE vocabulary (Sennrich et al. 2016; bytes as in GPT-2): the most frequent
 * pair of symbols becomes a symbol, again and again. Equal counts are broken by the lower ids, so
 * that the same text gives the same vocabulary.
 */
public final class BytePairTrainer {

    /** GPT-2's split into words; a merge never crosses it. */
    private static final Pattern WORDS =
            Pattern.compile(
                    "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                    Pattern.UNICODE_CHARACTER_CLASS);

    private static final String[] BYTE_SYMBOLS = byteSymbols();

    /**
     * A trained vocabulary.
     *
     * @param symbols id to symbol: special tokens, then the 256 bytes, then one for each merge
     * @param merges pairs of symbols, most frequent first
     */
    public record Vocabulary(List<String> special, List<String> symbols, List<Merge> merges) {}

    /** Two symbols that become one. */
    public record Merge(String left, String right) {}

    private record Pair(int left, int right) {}

    private record Candidate(long count, Pair pair) {}

    private final List<String> special;
    private final List<String> symbols = new ArrayList<>();
    private final Map<String, Integer> idOf = new HashMap<>();
    private final Set<Merge> merges = new LinkedHashSet<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Integer> frequencies = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();
    private final PriorityQueue<Candidate> queue =
            new PriorityQueue<>(
                    Comparator.comparingLong((Candidate c) -> -c.count())
                            .thenComparingInt(c -> c.pair().left())
                            .thenComparingInt(c -> c.pair().right()));

    private BytePairTrainer(List<String> special, Stream<String> texts) {
        this.special = special;
        special.forEach(this::id);
        Arrays.asList(BYTE_SYMBOLS).forEach(this::id);
        Map<String, Integer> found = new TreeMap<>();
        texts.forEach(text -> {
            Matcher matcher = WORDS.matcher(text);
            while (matcher.find()) {
                found.merge(matcher.group(), 1, Integer::sum);
            }
        });
        found.forEach(this::add);
    }

    /**
     * Learns a vocabulary.
     *
     * @param special tokens that stand for themselves, with the first ids
     * @param size symbols in all; fewer when the text has no more pairs to merge
     */
    public static Vocabulary train(List<String> special, int size, Stream<String> texts) {
        BytePairTrainer trainer = new BytePairTrainer(special, texts);
        trainer.run(size);
        return new Vocabulary(
                List.copyOf(special), List.copyOf(trainer.symbols), List.copyOf(trainer.merges));
    }

    private void add(String word, int frequency) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[bytes.length];
        Arrays.setAll(ids, i -> special.size() + (bytes[i] & 0xFF));
        words.add(ids);
        frequencies.add(frequency);
        count(words.size() - 1, 1, new HashSet<>());
    }

    private void run(int size) {
        counts.forEach((pair, count) -> queue.add(new Candidate(count, pair)));
        while (symbols.size() < size && !queue.isEmpty()) {
            Candidate top = queue.poll();
            long now = counts.getOrDefault(top.pair(), 0L);
            if (now == top.count()) {
                merge(top.pair());
            } else if (now > 0) { // the queue held an old count
                queue.add(new Candidate(now, top.pair()));
            }
        }
    }

    private void merge(Pair pair) {
        merges.add(new Merge(symbols.get(pair.left()), symbols.get(pair.right())));
        int id = id(symbols.get(pair.left()) + symbols.get(pair.right()));
        Set<Pair> touched = new HashSet<>();
        for (int word : places.getOrDefault(pair, Set.of()).stream().sorted().toList()) {
            count(word, -1, new HashSet<>());
            words.set(word, merged(words.get(word), pair, id));
            count(word, 1, touched);
        }
        counts.remove(pair);
        for (Pair changed : touched) {
            queue.add(new Candidate(counts.getOrDefault(changed, 0L), changed));
        }
    }

    /** A symbol's id; it may be there already, made from another pair. */
    private int id(String symbol) {
        return idOf.computeIfAbsent(
                symbol,
                added -> {
                    symbols.add(added);
                    return symbols.size() - 1;
                });
    }

    /** Adds or takes away a word's pairs. */
    private void count(int word, int sign, Set<Pair> touched) {
        int[] ids = words.get(word);
        for (int i = 0; i + 1 < ids.length; i++) {
            Pair pair = new Pair(ids[i], ids[i + 1]);
            counts.merge(pair, (long) sign * frequencies.get(word), Long::sum);
            if (sign > 0) {
                places.computeIfAbsent(pair, p -> new HashSet<>()).add(word);
                touched.add(pair);
            }
        }
    }

    private static int[] merged(int[] ids, Pair pair, int id) {
        int[] merged = new int[ids.length];
        int length = 0;
        for (int i = 0; i < ids.length; i++) {
            if (i + 1 < ids.length && ids[i] == pair.left() && ids[i + 1] == pair.right()) {
                merged[length++] = id;
                i++;
            } else {
                merged[length++] = ids[i];
            }
        }
        return Arrays.copyOf(merged, length);
    }

    /** GPT-2's printable stand-in for each byte. */
    private static String[] byteSymbols() {
        String[] symbols = new String[256];
        int shifted = 0;
        for (int b = 0; b < 256; b++) {
            boolean printable =
                    (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || (b >= 0xAE && b <= 0xFF);
            symbols[b] = String.valueOf((char) (printable ? b : 256 + shifted++));
        }
        return symbols;
    }
}
