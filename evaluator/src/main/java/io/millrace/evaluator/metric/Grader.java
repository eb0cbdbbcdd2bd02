package io.millrace.evaluator.metric;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

/** Scores one answer against the references that would each be right. */
public sealed interface Grader permits ExactMatch, Contains {

    /** How a suite names it. */
    @JsonValue
    String name();

    /** From 0, wrong, to 1, right; the best over all references. */
    double score(String answer, List<String> references);

    /** Every grader there is. */
    static List<Grader> all() {
        return List.of(new ExactMatch(), new Contains());
    }

    /**
     * The grader of this name.
     *
     * @throws IllegalArgumentException when there is none; its message lists those there are
     */
    @JsonCreator
    static Grader named(String name) {
        return all().stream()
                .filter(grader -> grader.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "no grader is named '%s'; there are %s"
                                        .formatted(
                                                name,
                                                all().stream()
                                                        .map(Grader::name)
                                                        .collect(Collectors.joining(", ")))));
    }
}
