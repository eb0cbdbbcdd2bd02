package io.millrace.ingest.curation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * A prompt in a bucket.
     *
     * @param bits of its {@link MinHash}
     */
    record Member(String prompt, long bits) {}

    /** Where prompts are remembered. */
    interface Index {
        List<Member> bucket(long key);

        void putBuckets(Map<Long, List<Member>> buckets);

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

    /** A prompt made ready for comparison, once for the search and the remembering. */
    final class Sketch {

        private final PromptText text;
        private final MinHash minHash;
        private final List<List<Member>> buckets;

        private Sketch(PromptText text, MinHash minHash) {
            this.text = text;
            this.minHash = minHash;
            this.buckets = minHash.buckets().stream().map(index::bucket).toList();
        }

        private Set<String> candidates() {
            return buckets.stream()
                    .flatMap(List::stream)
                    .filter(member -> minHash.mayResemble(member.bits()))
                    .map(Member::prompt)
                    .collect(Collectors.toSet());
        }
    }

    /**
     * @param minHash of the text's input
     */
    Sketch sketch(PromptText text, MinHash minHash) {
        return new Sketch(text, minHash);
    }

    private Sketch sketch(PromptText text) {
        return sketch(text, MinHash.of(Shingles.of(text.input())));
    }

    /** The prompts seen before that are near-duplicates of this one, the most similar first. */
    public List<Match> of(PromptText text) {
        return of(sketch(text));
    }

    List<Match> of(Sketch sketch) {
        Set<String> candidates = sketch.candidates();
        if (candidates.isEmpty()) {
            return List.of();
        }
        Shingles context = Shingles.of(sketch.text.context());
        Shingles input = Shingles.of(sketch.text.input());
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
        add(prompt.id(), prompt.cluster(), sketch(prompt.text()));
    }

    /** Remembers what was sketched since anything was last remembered. */
    void add(String id, String cluster, Sketch sketch) {
        index.putPrompt(new Prompt(id, cluster, sketch.text));
        Member member = new Member(id, sketch.minHash.bits());
        Map<Long, List<Member>> fuller = new HashMap<>();
        for (int i = 0; i < sketch.buckets.size(); i++) {
            List<Member> bucket = sketch.buckets.get(i);
            if (bucket.size() < MAX_BUCKET && !bucket.contains(member)) {
                fuller.put(
                        sketch.minHash.buckets().get(i),
                        Stream.concat(bucket.stream(), Stream.of(member)).toList());
            }
        }
        index.putBuckets(fuller);
    }

    private static final class MemoryIndex implements Index {

        private final Map<Long, List<Member>> buckets = new HashMap<>();
        private final Map<String, Prompt> prompts = new HashMap<>();

        @Override
        public List<Member> bucket(long key) {
            return buckets.getOrDefault(key, List.of());
        }

        @Override
        public void putBuckets(Map<Long, List<Member>> fuller) {
            buckets.putAll(fuller);
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
