package io.millrace.evaluator.suite;

import io.millrace.evaluator.gate.PairedScore;

/** What both examinees said to one case. */
public record PairedAnswer(SuiteCase asked, Answer champion, Answer challenger) {

    /** Challenger's score minus champion's. */
    public double change() {
        return challenger.score() - champion.score();
    }

    /** What the gate needs of it. */
    public PairedScore score() {
        return new PairedScore(asked.tags(), champion.score(), challenger.score());
    }
}
