package io.millrace.evaluator.gate;

import static java.util.stream.Collectors.joining;

import io.millrace.schemas.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Decides whether a challenger may replace the champion.
 *
 * <p>Both answered the same cases, so the differences are paired. On each slice with enough cases,
 * and on all cases together:
 *
 * <ul>
 *   <li>it <b>fails</b> when the challenger is under the floor, or when it loses more than
 *       {@linkplain SliceRule#allowedLoss allowed} and the whole confidence interval of the change
 *       lies below zero;
 *   <li>it <b>passes</b> when the measured loss is allowed and the interval excludes a loss beyond
 *       the {@linkplain SliceRule#nonInferiorityMargin non-inferiority margin}: two bounds, since
 *       an interval of 150 prompts is some ten points wide, and a margin that wide would let a
 *       plain loss through if it stood alone;
 *   <li>otherwise, or with too few cases, it is <b>inconclusive</b>.
 * </ul>
 *
 * <p>The candidate fails when any slice fails, so that gains elsewhere hide nothing. It passes when
 * no {@linkplain SliceRule#blocking blocking} slice that holds cases is in doubt and at least one
 * slice gains beyond luck: interval above zero, and a paired permutation test that stays at one
 * minus the confidence after Holm's correction over all slices. So a candidate that equals the
 * champion never passes, and luck alone passes one candidate in twenty at most.
 */
public final class Gate {

    private Gate() {}

    /** The decision on these scores. */
    public static Decision decide(GatePolicy policy, List<PairedScore> scores) {
        List<Finding> findings = findings(policy, scores);
        var slices = findings.stream().map(Finding::verdict).toList();
        String failures = words(findings, finding -> finding.outcome() == Outcome.FAIL);
        if (!failures.isEmpty()) {
            return new Decision(Outcome.FAIL, failures, slices);
        }
        if (scores.isEmpty()) {
            return new Decision(
                    Outcome.INCONCLUSIVE, "there were no prompts to examine with", slices);
        }
        String doubts = words(findings, Finding::holdsBack);
        if (!doubts.isEmpty()) {
            return new Decision(Outcome.INCONCLUSIVE, doubts, slices);
        }
        String gains = words(findings, Finding::gain);
        return gains.isEmpty()
                ? new Decision(Outcome.INCONCLUSIVE, "no slice is better beyond luck", slices)
                : new Decision(Outcome.PASS, gains, slices);
    }

    private static List<Finding> findings(GatePolicy policy, List<PairedScore> scores) {
        Statistics statistics = policy.statistics();
        List<Slice> slices = Slice.cut(policy, scores);
        List<PairedChange> changes =
                slices.stream()
                        .map(slice -> PairedChange.of(slice.scores(), statistics, slice.name()))
                        .toList();
        PrimitiveIterator.OfDouble pValues = correctedPValues(slices, changes);
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            double pValue = slices.get(i).large() ? pValues.nextDouble() : 1;
            findings.add(Finding.of(slices.get(i), changes.get(i), pValue, statistics));
        }
        return findings;
    }

    /** Of the slices that have enough cases to be tested at all, in order. */
    private static PrimitiveIterator.OfDouble correctedPValues(
            List<Slice> slices, List<PairedChange> changes) {
        double[] pValues =
                IntStream.range(0, slices.size())
                        .filter(i -> slices.get(i).large())
                        .mapToDouble(i -> changes.get(i).gainPValue())
                        .toArray();
        return Arrays.stream(Holm.adjust(pValues)).iterator();
    }

    private static String words(List<Finding> findings, Predicate<Finding> which) {
        return findings.stream().filter(which).map(Finding::inWords).collect(joining("; "));
    }
}
