package io.millrace.evaluator;

import io.millrace.evaluator.suite.Examinee;

/** Whether a candidate may sit its examination. */
public sealed interface Admission {

    /**
     * It may.
     *
     * @param examinee to be closed by whoever asked
     */
    record Admitted(Examinee examinee) implements Admission {}

    /**
     * Its adapter is missing, altered, damaged or made for another base.
     *
     * @param reason one sentence that a person can act on
     */
    record Unfit(String reason) implements Admission {}
}
