package io.millrace.evaluator.metric;

import java.util.List;

/**
 * 1 when the answer is one of the references, letter for letter, after NFC and without outer white
 * space.
 */
public record ExactMatch() implements Grader {

    @Override
    public String name() {
        return "exact-match";
    }

    @Override
    public double score(String answer, List<String> references) {
        String given = Text.canonical(answer);
        return references.stream().map(Text::canonical).anyMatch(given::equals) ? 1 : 0;
    }
}
