package io.millrace.evaluator.report;

import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.suite.PairedAnswer;
import io.millrace.evaluator.suite.Sitting;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Verdict;
import java.util.List;

/** Everything that led to a verdict. */
public record Report(Candidate candidate, Verdict verdict, GatePolicy policy, Sitting sitting) {

    /** Cases that the challenger answers worse than the champion. */
    List<PairedAnswer> losses() {
        return sitting.answers().stream().filter(answer -> answer.change() < 0).toList();
    }

    /** Cases that the challenger answers better than the champion. */
    List<PairedAnswer> wins() {
        return sitting.answers().stream().filter(answer -> answer.change() > 0).toList();
    }

    String championName() {
        ModelVersion champion = verdict.champion();
        return champion == null ? candidate.base() + " (bare base)" : champion.value();
    }
}
