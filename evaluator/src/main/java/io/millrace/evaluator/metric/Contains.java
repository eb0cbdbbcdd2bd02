package io.millrace.evaluator.metric;

import java.util.List;

/** 1 when the answer says one of the references somewhere, letter for letter after NFC. */
public record Contains() implements Grader {

    @Override
    public String name() {
        return "contains";
    }

    @Override
    public double score(String answer, List<String> references) {
        String given = Text.canonical(answer);
        return references.stream().map(Text::canonical).anyMatch(given::contains) ? 1 : 0;
    }
}
