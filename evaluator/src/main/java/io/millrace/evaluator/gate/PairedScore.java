package io.millrace.evaluator.gate;

import java.util.List;

/** What both examinees scored on one case, each from 0 to 1. */
public record PairedScore(List<String> tags, double champion, double challenger) {

    public PairedScore {
        tags = List.copyOf(tags);
        if (!(champion >= 0 && champion <= 1 && challenger >= 0 && challenger <= 1)) {
            throw new IllegalArgumentException("a score lies between 0 and 1");
        }
    }
}
