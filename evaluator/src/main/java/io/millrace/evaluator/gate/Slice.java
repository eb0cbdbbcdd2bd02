package io.millrace.evaluator.gate;

import java.util.ArrayList;
import java.util.List;

/** The cases of one slice, with what is asked there. */
record Slice(String name, SliceRule rule, List<PairedScore> scores) {

    /** The policy's slices in its order, then {@code other}, then {@code overall}. */
    static List<Slice> cut(GatePolicy policy, List<PairedScore> scores) {
        List<Slice> slices = new ArrayList<>();
        for (SlicePolicy slice : policy.slices()) {
            slices.add(
                    new Slice(
                            slice.name(),
                            slice.rule(),
                            scores.stream().filter(slice::holds).toList()));
        }
        List<PairedScore> unnamed =
                scores.stream()
                        .filter(score -> policy.slices().stream().noneMatch(s -> s.holds(score)))
                        .toList();
        slices.add(new Slice(SlicePolicy.OTHER, policy.other(), unnamed));
        slices.add(new Slice(SlicePolicy.OVERALL, policy.overall(), scores));
        return slices;
    }

    boolean large() {
        return scores.size() >= rule.minimumSamples();
    }
}
