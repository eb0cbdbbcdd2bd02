package io.millrace.evaluator.gate;

import io.millrace.schemas.Outcome;
import io.millrace.schemas.SliceVerdict;
import java.util.List;

/**
 * What the gate says of a candidate.
 *
 * @param reason one sentence that a person can read
 * @param slices in the policy's order, then {@code other}, then {@code overall}
 */
public record Decision(Outcome outcome, String reason, List<SliceVerdict> slices) {

    public Decision {
        slices = List.copyOf(slices);
    }

    /** A failure that no examination led to, such as an adapter that cannot be loaded. */
    public static Decision refused(String reason) {
        return new Decision(Outcome.FAIL, reason, List.of());
    }
}
