package io.millrace.evaluator;

import io.millrace.evaluator.gate.Decision;
import io.millrace.evaluator.gate.Gate;
import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.report.Report;
import io.millrace.evaluator.report.ReportDirectory;
import io.millrace.evaluator.suite.Examination;
import io.millrace.evaluator.suite.Examinee;
import io.millrace.evaluator.suite.PairedAnswer;
import io.millrace.evaluator.suite.Sitting;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Verdict;
import java.time.Clock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Holds an examination: both examinees answer, the gate decides, the report is written. */
final class Examiner {

    private final Examinees examinees;
    private final GatePolicy policy;
    private final ReportDirectory reports;
    private final Clock clock;

    Examiner(Examinees examinees, GatePolicy policy, ReportDirectory reports, Clock clock) {
        this.examinees = examinees;
        this.policy = policy;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * The verdict on a candidate.
     *
     * @param champion null for the bare base
     * @param answered told how many answers are there
     * @throws io.millrace.evaluator.suite.UnansweredException when an examinee broke off; there is
     *     no verdict then
     */
    Verdict examine(
            Candidate candidate,
            @Nullable Candidate champion,
            Examination examination,
            IntConsumer answered) {
        return switch (examinees.admit(candidate)) {
            case Admission.Unfit(String reason) ->
                    conclude(
                            candidate,
                            champion,
                            Sitting.cancelled(examination),
                            Decision.refused("the adapter cannot be used: " + reason));
            case Admission.Admitted(Examinee challenger) -> {
                try (challenger;
                        Examinee opponent = opponent(champion)) {
                    Sitting sitting = Sitting.hold(examination, opponent, challenger, answered);
                    yield conclude(candidate, champion, sitting, decide(sitting));
                }
            }
        };
    }

    private Examinee opponent(@Nullable Candidate champion) {
        if (champion == null) {
            return examinees.base();
        }
        return switch (examinees.admit(champion)) {
            case Admission.Admitted(Examinee examinee) -> examinee;
            case Admission.Unfit(String reason) ->
                    throw new MillraceException(
                            "champion %s cannot be examined against: %s"
                                    .formatted(champion.modelVersion(), reason));
        };
    }

    private Decision decide(Sitting sitting) {
        return Gate.decide(policy, sitting.answers().stream().map(PairedAnswer::score).toList());
    }

    private Verdict conclude(
            Candidate candidate, @Nullable Candidate champion, Sitting sitting, Decision decision) {
        Verdict verdict =
                new Verdict(
                        candidate.modelVersion(),
                        candidate.adapterDigest(),
                        champion == null ? null : champion.modelVersion(),
                        decision.outcome(),
                        decision.reason(),
                        decision.slices(),
                        policy.digest(),
                        sitting.examination().digest(),
                        sitting.examination().holdout(),
                        policy.statistics().seed(),
                        reports.fileOf(candidate.modelVersion()).toString(),
                        clock.instant());
        reports.write(new Report(candidate, verdict, policy, sitting));
        return verdict;
    }
}
