package io.millrace.trainer.dataset;

import io.millrace.schemas.Example;
import io.millrace.schemas.PrincipalId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes the dataset of a window: its own examples and a draw from the windows that made the
 * champion, against forgetting. Of an example's revisions the latest counts, wherever it is; a
 * person who asked to be forgotten is in none. The result depends on nothing but what goes in.
 *
 * @param replayRatio how many earlier examples to draw for each fresh one; capped by how many there
 *     are
 */
public record DatasetBuilder(double replayRatio, Set<PrincipalId> erased, long seed) {

    public DatasetBuilder {
        erased = Set.copyOf(erased);
    }

    /**
     * Builds it.
     *
     * @param earlier windows to replay from, oldest first
     */
    public Dataset build(WindowExamples window, List<WindowExamples> earlier) {
        Map<String, Version> latest = new TreeMap<>();
        earlier.forEach(past -> merge(latest, past.examples(), false));
        merge(latest, window.examples(), true);
        int all = latest.size();
        latest.values().removeIf(version -> erased.contains(version.example().principal()));

        List<Example> fresh = examples(latest.values(), true);
        List<Example> replayed = draw(examples(latest.values(), false), fresh.size());
        List<Example> examples = new ArrayList<>(fresh);
        examples.addAll(replayed);
        examples.sort(Comparator.comparing(example -> example.exampleId().value()));
        Collections.shuffle(examples, new Random(seed));
        return new Dataset(examples, fresh.size(), replayed.size(), all - latest.size());
    }

    private static void merge(Map<String, Version> latest, List<Example> examples, boolean fresh) {
        for (Example example : examples) {
            latest.merge(
                    example.exampleId().value(),
                    new Version(example, fresh),
                    (known, next) ->
                            next.example().revision() >= known.example().revision() ? next : known);
        }
    }

    private static List<Example> examples(Collection<Version> versions, boolean fresh) {
        return versions.stream()
                .filter(version -> version.fresh() == fresh)
                .map(Version::example)
                .toList();
    }

    private List<Example> draw(List<Example> pool, int fresh) {
        List<Example> shuffled = new ArrayList<>(pool);
        Collections.shuffle(shuffled, new Random(~seed));
        long wanted = Math.round(replayRatio * fresh);
        return shuffled.subList(0, (int) Math.min(wanted, shuffled.size()));
    }

    private record Version(Example example, boolean fresh) {}
}
