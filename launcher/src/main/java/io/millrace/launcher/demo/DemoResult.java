package io.millrace.launcher.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;
import java.util.ArrayList;
import java.util.List;

/**
 * What the demo prints with {@code -o json}.
 *
 * @param correctionToServedSeconds from the first correction of the second window to the moment a
 *     model that learned from it answered all traffic
 * @param report the HTML report of the promoted model
 */
public record DemoResult(
        long seed,
        double seconds,
        List<SliceResult> slices,
        Swap swap,
        HarmfulWindow harmfulWindow,
        List<Window> windows,
        Champion champion,
        double correctionToServedSeconds,
        String report) {

    /**
     * Exact match on held-out prompts, as fractions, before and after the corrections were learned.
     */
    public record SliceResult(String name, int n, double before, double after) {}

    /** Live requests around the swap. */
    public record Swap(long requests, long failed) {}

    public record HarmfulWindow(Outcome verdict) {}

    public record Window(
            WindowId id, List<OffsetRange> ranges, Sha256 datasetSha256, Outcome verdict) {}

    public record Champion(ModelVersion version, Sha256 digest) {}

    /** What did not happen that the demo is there to show; empty when the loop did it all. */
    @JsonIgnore
    public List<String> shortcomings() {
        List<String> shortcomings = new ArrayList<>();
        if (windows.get(0).verdict() != Outcome.PASS) {
            shortcomings.add("the first candidate did not pass the gate");
        }
        if (windows.get(1).verdict() != Outcome.PASS) {
            shortcomings.add("the model trained on the corrections did not pass the gate");
        }
        if (harmfulWindow.verdict() == Outcome.PASS) {
            shortcomings.add("the gate let the harmful window through");
        }
        if (swap.failed() > 0) {
            shortcomings.add(swap.failed() + " live requests failed");
        }
        for (SliceResult slice : slices) {
            if (slice.name().equals(Cast.Slice.NEW.label()) && slice.after() <= slice.before()) {
                shortcomings.add("the new categories were not learned");
            }
        }
        return shortcomings;
    }
}
