package io.millrace.evaluator.gate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Paired scores by how often each of the four things happened. */
final class Scores {

    private Scores() {}

    static List<PairedScore> of(String tag, int bothRight, int gained, int lost, int bothWrong) {
        List<PairedScore> scores = new ArrayList<>();
        scores.addAll(Collections.nCopies(bothRight, new PairedScore(List.of(tag), 1, 1)));
        scores.addAll(Collections.nCopies(gained, new PairedScore(List.of(tag), 0, 1)));
        scores.addAll(Collections.nCopies(lost, new PairedScore(List.of(tag), 1, 0)));
        scores.addAll(Collections.nCopies(bothWrong, new PairedScore(List.of(tag), 0, 0)));
        return scores;
    }

    static List<PairedScore> join(List<PairedScore> some, List<PairedScore> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }
}
