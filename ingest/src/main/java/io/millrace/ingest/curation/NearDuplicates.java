package io.millrace.ingest.curation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the prompts that say nearly the same as another: both context and input have a Jaccard
 * similarity of 0.8 or more over their 5-character shingles. MinHash proposes, the exact similarity
 * disposes, so a match is never an estimate.
 */
public final class NearDuplicates {

    /** From this similarity on, two texts are near-duplicates. */
    public static final double THRESHOLD = 0.8;

    /**
     * A bucket that fills up holds a phrase that everybody uses; its first members stand for it.
     */
    private static final int MAX_BUCKET = 64;

    /**
     * A prompt seen before.
     *
     * @param id names this text
     * @param cluster names the group of near-duplicates that it belongs to
     */
    public record Prompt(String id, String cluster, PromptText text) {}

    /** A prompt seen before and how similar its input is. */
    public record Match(Prompt prompt, double similarity) {}

    /** Two texts of a list, by position, that are near-duplicates. */
    public record Pair(int first, int second, double similarity) {}

    /** Where prompts are remembered. */
    interface Index {
        List<String> bucket(long key);

        void putBucket(long key, List<String> prompts);

        Optional<Prompt> prompt(String id);

        void putPrompt(Prompt prompt);
    }

    private final Index index;

    NearDuplicates(Index index) {
        this.index = index;
    }

    /** Remembers for as long as it lives. */
    public static NearDuplicates inMemory() {
        return new NearDuplicates(new MemoryIndex());
    }

    /** The exact Jaccard similarity of two inputs, from 0 to 1, which decides. */
    public static double similarity(PromptText one, PromptText other) {
        return Shingles.of(one.input()).jaccard(Shingles.of(other.input()));
    }

    /** The near-duplicates among these texts. */
    public static List<Pair> among(List<String> texts) {
        NearDuplicates seen = inMemory();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            PromptText text = PromptText.of(texts.get(i));
            for (Match match : seen.of(text)) {
                pairs.add(new Pair(Integer.parseInt(match.prompt().id()), i, match.similarity()));
            }
            seen.add(new Prompt(Integer.toString(i), "", text));
        }
        return pairs;
    }

    /**
     * A prompt made ready for comparison, once for the search and the remembering: its shingles and
     * the buckets that it falls into.
     */
    final class Sketch {

        private final Shingles context;
        private final Shingles input;
        private final long[] keys;
        private final List<List<String>> buckets;

        private Sketch(PromptText text) {
            context = Shingles.of(text.context());
            input = Shingles.of(text.input());
            keys = MinHash.buckets(input);
            buckets = Arrays.stream(keys).mapToObj(index::bucket).toList();
        }
    }

    Sketch sketch(PromptText text) {
        return new Sketch(text);
    }

    /** The prompts seen before that are near-duplicates of this one, the most similar first. */
    public List<Match> of(PromptText text) {
        return of(sketch(text));
    }

    List<Match> of(Sketch sketch) {
        Shingles context = sketch.context;
        Shingles input = sketch.input;
        Set<String> candidates = new LinkedHashSet<>();
        sketch.buckets.forEach(candidates::addAll);
        return candidates.stream()
                .flatMap(id -> index.prompt(id).stream())
                .filter(seen -> context.jaccard(Shingles.of(seen.text().context())) >= THRESHOLD)
                .map(seen -> new Match(seen, input.jaccard(Shingles.of(seen.text().input()))))
                .filter(match -> match.similarity() >= THRESHOLD)
                .sorted(
                        Comparator.comparingDouble(Match::similarity)
                                .reversed()
                                .thenComparing(m -> m.prompt().id()))
                .toList();
    }

    public void add(Prompt prompt) {
        add(prompt, sketch(prompt.text()));
    }

    /** Remembers it, sketched since anything was last remembered. */
    void add(Prompt prompt, Sketch sketch) {
        index.putPrompt(prompt);
        for (int i = 0; i < sketch.keys.length; i++) {
            List<String> bucket = sketch.buckets.get(i);
            if (bucket.size() < MAX_BUCKET && !bucket.contains(prompt.id())) {
                List<String> fuller = new ArrayList<>(bucket);
                fuller.add(prompt.id());
                index.putBucket(sketch.keys[i], fuller);
            }
        }
    }

    private static final class MemoryIndex implements Index {

        private final Map<Long, List<String>> buckets = new HashMap<>();
        private final Map<String, Prompt> prompts = new HashMap<>();

        @Override
        public List<String> bucket(long key) {
            return buckets.getOrDefault(key, List.of());
        }

        @Override
        public void putBucket(long key, List<String> ids) {
            buckets.put(key, List.copyOf(ids));
        }

        @Override
        public Optional<Prompt> prompt(String id) {
            return Optional.ofNullable(prompts.get(id));
        }

        @Override
        public void putPrompt(Prompt prompt) {
            prompts.put(prompt.id(), prompt);
        }
    }
}
