package io.millrace.evaluator.gate;

import io.millrace.schemas.Sha256;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a candidate must show to be promoted. Its {@link #digest()} is part of every verdict.
 *
 * @param other for the cases that no slice names
 * @param overall for all cases together
 */
public record GatePolicy(
        String name,
        int version,
        Statistics statistics,
        List<SlicePolicy> slices,
        SliceRule other,
        SliceRule overall) {

    private static final JsonMapper CANONICAL =
            JsonMapper.builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();

    /**
     * Checks everything at once.
     *
     * @throws IllegalArgumentException whose message lists every problem
     */
    public GatePolicy {
        slices = List.copyOf(slices);
        List<String> problems = new ArrayList<>();
        if (name.isBlank()) {
            problems.add("name must not be blank");
        }
        if (version < 1) {
            problems.add("version must be at least 1");
        }
        problems.addAll(statistics.problems());
        if (slices.stream().map(SlicePolicy::name).distinct().count() < slices.size()) {
            problems.add("every slice needs a name of its own");
        }
        slices.forEach(slice -> problems.addAll(slice.problems()));
        problems.addAll(other.problems(SlicePolicy.OTHER));
        problems.addAll(overall.problems(SlicePolicy.OVERALL));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** What is asked of the slice of this name; of {@code other} and {@code overall} too. */
    public SliceRule ruleOf(String slice) {
        return switch (slice) {
            case SlicePolicy.OTHER -> other;
            case SlicePolicy.OVERALL -> overall;
            default ->
                    slices.stream()
                            .filter(policy -> policy.name().equals(slice))
                            .findFirst()
                            .orElseThrow()
                            .rule();
        };
    }

    /**
     * Digest of the canonical form: JSON with sorted keys, so that comments and order in the file
     * do not matter.
     */
    public Sha256 digest() {
        return Sha256.of(CANONICAL.writeValueAsBytes(this));
    }
}
