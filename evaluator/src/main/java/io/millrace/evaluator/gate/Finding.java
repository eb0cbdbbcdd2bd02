package io.millrace.evaluator.gate;

import io.millrace.schemas.Outcome;
import io.millrace.schemas.SliceVerdict;
import java.util.Locale;

/**
 * What was found on one slice.
 *
 * @param gain whether the challenger is better there, and not by luck
 */
record Finding(Slice slice, PairedChange change, Outcome outcome, String reason, boolean gain) {

    /** Means of fractions are not exact: a loss of just what is allowed is allowed. */
    private static final double ROUNDING = 1e-9;

    /**
     * Judges one slice.
     *
     * @param pValue of a gain there, corrected for the other slices
     */
    static Finding of(Slice slice, PairedChange change, double pValue, Statistics statistics) {
        SliceRule rule = slice.rule();
        if (change.n() == 0) {
            return inconclusive(slice, change, "has no prompts, so it does not count");
        }
        if (!slice.large()) {
            return inconclusive(
                    slice,
                    change,
                    "has %d prompts, %d needed".formatted(change.n(), rule.minimumSamples()));
        }
        if (change.challenger() < rule.minimumScore() - ROUNDING) {
            return fail(
                    slice,
                    change,
                    "scores %s %%, floor %s %%"
                            .formatted(points(change.challenger()), points(rule.minimumScore())));
        }
        return -change.change() > rule.allowedLoss() + ROUNDING
                ? loss(slice, change, statistics)
                : noLoss(slice, change, pValue, statistics);
    }

    private static Finding loss(Slice slice, PairedChange change, Statistics statistics) {
        String loss =
                "loses %s points, %s allowed"
                        .formatted(points(-change.change()), points(slice.rule().allowedLoss()));
        return change.high() < 0
                ? fail(
                        slice,
                        change,
                        "%s, at %s confidence".formatted(loss, statistics.confidenceInWords()))
                : inconclusive(slice, change, loss + ", though luck could explain it");
    }

    private static Finding noLoss(
            Slice slice, PairedChange change, double pValue, Statistics statistics) {
        double margin = slice.rule().nonInferiorityMargin();
        if (-change.low() > margin + ROUNDING) {
            return inconclusive(
                    slice,
                    change,
                    "may lose up to %s points, margin %s"
                            .formatted(points(-change.low()), points(margin)));
        }
        boolean gain = change.low() > 0 && pValue <= 1 - statistics.confidence();
        String reason =
                gain
                        ? "gains %s points".formatted(points(change.change()))
                        : "is no worse, within the margin";
        return new Finding(slice, change, Outcome.PASS, reason, gain);
    }

    private static Finding fail(Slice slice, PairedChange change, String reason) {
        return new Finding(slice, change, Outcome.FAIL, reason, false);
    }

    private static Finding inconclusive(Slice slice, PairedChange change, String reason) {
        return new Finding(slice, change, Outcome.INCONCLUSIVE, reason, false);
    }

    /** Whether doubt about this slice holds a promotion back. */
    boolean holdsBack() {
        return slice.rule().blocking() && change.n() > 0 && outcome == Outcome.INCONCLUSIVE;
    }

    /** The slice's name and what was found there. */
    String inWords() {
        return slice.name() + " " + reason;
    }

    SliceVerdict verdict() {
        return new SliceVerdict(
                slice.name(),
                change.n(),
                change.champion(),
                change.challenger(),
                change.change(),
                change.low(),
                change.high(),
                outcome,
                reason);
    }

    private static String points(double fraction) {
        return String.format(Locale.ROOT, "%.1f", fraction * 100);
    }
}
