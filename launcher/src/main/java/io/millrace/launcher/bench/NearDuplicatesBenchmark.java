package io.millrace.launcher.bench;

import io.millrace.ingest.curation.NearDuplicates;
import io.millrace.ingest.curation.NearDuplicates.Match;
import io.millrace.ingest.curation.NearDuplicates.Prompt;
import io.millrace.ingest.curation.PromptText;
import io.millrace.runtime.UsageException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How many planted near-duplicates are found among many distinct texts, how many are wrong, and
 * what a lookup costs. What is found is checked by sets of substrings, which share no code with the
 * search; beside the search stands comparing with every text of a sample.
 */
public final class NearDuplicatesBenchmark implements Benchmark {

    /** Costs are processor time: other programs do not show in it. */
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private static final int TEXTS = 50_000;
    private static final int LEAST = 1_000;
    private static final int PAIRS_IN = 10;
    private static final int MOST_IN_SAMPLE = 2_000;
    private static final int SHINGLE = 5;
    private static final long SEED = 20_260_106;

    private final int size;

    public NearDuplicatesBenchmark() {
        this(TEXTS);
    }

    private NearDuplicatesBenchmark(int size) {
        this.size = size;
    }

    /** What lookups of planted copies gave. */
    private record Lookups(int asked, int found, int wrong, double worst, double micros) {}

    @Override
    public String name() {
        return "near-duplicates";
    }

    @Override
    public String description() {
        return "recall, false positives and cost of the search for near-duplicates";
    }

    @Override
    public Benchmark sized(int wanted) {
        if (wanted < LEAST) {
            throw new UsageException(
                    "bench near-duplicates needs %,d texts or more".formatted(LEAST));
        }
        return new NearDuplicatesBenchmark(wanted);
    }

    @Override
    public List<Figure> run(Consumer<String> progress) {
        Random random = new Random(SEED);
        List<String> texts = PlantedPair.texts(new Prose(random), size);
        List<PlantedPair> pairs = PlantedPair.among(texts, size / PAIRS_IN, random);
        progress.accept("%,d texts, %,d of them with a copy".formatted(size, pairs.size()));
        NearDuplicates seen = NearDuplicates.inMemory();
        int tenth = size / PAIRS_IN;
        add(seen, texts, 0, tenth);
        lookUp(seen, pairs);
        Lookups early = lookUp(seen, pairs);
        progress.accept("%,d texts in: %.0f µs a lookup".formatted(tenth, early.micros()));
        add(seen, texts, tenth, size);
        Lookups late = lookUp(seen, pairs);
        progress.accept("%,d texts in: %.0f µs a lookup".formatted(size, late.micros()));
        return List.of(
                Figure.of("distinct texts", size, "texts"),
                Figure.of("planted pairs", late.asked(), "pairs"),
                Figure.of("recall", 100.0 * late.found() / late.asked(), "%"),
                Figure.of("recall of the worst edit and length", 100 * late.worst(), "%"),
                Figure.of("false positives", 100.0 * late.wrong() / late.asked(), "%"),
                Figure.beside(
                        early.micros(), "lookup among all, beside a tenth", late.micros(), "µs"),
                besideAllPairs(texts, pairs));
    }

    private static void add(NearDuplicates seen, List<String> texts, int from, int to) {
        for (int i = from; i < to; i++) {
            seen.add(new Prompt(Integer.toString(i), "", PromptText.of(texts.get(i))));
        }
    }

    private static Lookups lookUp(NearDuplicates seen, List<PlantedPair> pairs) {
        int found = 0;
        int wrong = 0;
        Map<String, int[]> groups = new HashMap<>();
        long searching = 0;
        for (PlantedPair pair : pairs) {
            long began = THREAD.getCurrentThreadCpuTime();
            List<Match> matches = seen.of(PromptText.of(pair.copy()));
            searching += THREAD.getCurrentThreadCpuTime() - began;
            PromptText original = PromptText.of(pair.original());
            boolean hit = matches.stream().anyMatch(m -> m.prompt().text().equals(original));
            int[] group =
                    groups.computeIfAbsent(pair.edit() + "/" + pair.length(), g -> new int[2]);
            group[0]++;
            group[1] += hit ? 1 : 0;
            found += hit ? 1 : 0;
            wrong += matches.stream().anyMatch(m -> !isSimilar(m, pair.copy())) ? 1 : 0;
        }
        double micros = searching / 1e3 / pairs.size();
        double worst =
                groups.values().stream()
                        .mapToDouble(group -> (double) group[1] / group[0])
                        .min()
                        .orElseThrow();
        return new Lookups(pairs.size(), found, wrong, worst, micros);
    }

    private static boolean isSimilar(Match match, String text) {
        return jaccard(
                        substrings(match.prompt().text().input()),
                        substrings(PromptText.of(text).input()))
                >= NearDuplicates.THRESHOLD;
    }

    /** Searching a sample beside comparing with each text of it. */
    private static Figure besideAllPairs(List<String> texts, List<PlantedPair> pairs) {
        List<PromptText> sample =
                texts.subList(0, Math.min(MOST_IN_SAMPLE, texts.size())).stream()
                        .map(PromptText::of)
                        .toList();
        List<Set<String>> sets = sample.stream().map(t -> substrings(t.input())).toList();
        NearDuplicates seen = NearDuplicates.inMemory();
        for (int i = 0; i < sample.size(); i++) {
            seen.add(new Prompt(Integer.toString(i), "", sample.get(i)));
        }
        List<PlantedPair> asked = pairs.subList(0, Math.min(100, pairs.size()));
        long began = THREAD.getCurrentThreadCpuTime();
        int searched = 0;
        for (PlantedPair pair : asked) {
            searched += seen.of(PromptText.of(pair.copy())).size();
        }
        long half = THREAD.getCurrentThreadCpuTime();
        int compared = 0;
        for (PlantedPair pair : asked) {
            Set<String> copy = substrings(PromptText.of(pair.copy()).input());
            for (Set<String> other : sets) {
                compared += jaccard(copy, other) >= NearDuplicates.THRESHOLD ? 1 : 0;
            }
        }
        long end = THREAD.getCurrentThreadCpuTime();
        if (searched > compared) {
            throw new IllegalStateException("the search found what is not there");
        }
        return Figure.beside(
                asked.size() * 1e9 / (end - half),
                "lookups in a sample, beside comparing with all of it",
                asked.size() * 1e9 / (half - began),
                "lookups/s");
    }

    private static Set<String> substrings(String text) {
        Set<String> substrings = new HashSet<>();
        for (int i = 0; i == 0 || i + SHINGLE <= text.length(); i++) {
            substrings.add(text.substring(i, Math.min(text.length(), i + SHINGLE)));
        }
        return substrings;
    }

    private static double jaccard(Set<String> one, Set<String> other) {
        long shared = one.stream().filter(other::contains).count();
        return (double) shared / (one.size() + other.size() - shared);
    }
}
