package io.millrace.evaluator.gate;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the examination that is judged by itself.
 *
 * @param tags a case with any of them belongs to the slice; a case may belong to several slices
 */
public record SlicePolicy(String name, List<String> tags, SliceRule rule) {

    /** Cases that no slice of the policy names. */
    public static final String OTHER = "other";

    /** Every case, once. */
    public static final String OVERALL = "overall";

    public SlicePolicy {
        tags = List.copyOf(tags);
    }

    boolean holds(PairedScore score) {
        return score.tags().stream().anyMatch(tags::contains);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (name.isBlank() || name.equals(OTHER) || name.equals(OVERALL)) {
            problems.add(
                    "a slice's name must not be blank, '%s' or '%s'".formatted(OTHER, OVERALL));
        }
        if (tags.isEmpty()) {
            problems.add("slice '%s' needs at least one tag".formatted(name));
        }
        problems.addAll(rule.problems("slice '%s': rule".formatted(name)));
        return problems;
    }
}
