package io.millrace.launcher.demo;

import io.millrace.launcher.demo.Cast.Slice;
import java.util.Collection;
import tools.jackson.databind.json.JsonMapper;

/**
 * The gate policy of the scenario: the standard rules, with the categories that are old and those
 * that are new.
 */
public final class GatePolicyText {

    private GatePolicyText() {}

    /** The policy as YAML. */
    public static String of(Cast cast, long seed) {
        return """
        # Written by the demo: which categories were known at the start, which appeared in live traffic, and
        # the suite, whose prompts are in one of these slices, too.
        name: demo
        version: 1
        statistics: {seed: %d, resamples: 10000, confidence: 0.95}
        slices:
          - name: old
            tags: %s
            rule: {minimumSamples: 30, blocking: true, allowedLoss: 0.03, nonInferiorityMargin: 0.10, minimumScore: 0.0}
          - name: new
            tags: %s
            rule: {minimumSamples: 20, blocking: false, allowedLoss: 0.03, nonInferiorityMargin: 0.15, minimumScore: 0.0}
          - name: suite
            tags: [%s]
            rule: {minimumSamples: 50, blocking: true, allowedLoss: 0.03, nonInferiorityMargin: 0.10, minimumScore: 0.0}
        other: {minimumSamples: 30, blocking: false, allowedLoss: 0.03, nonInferiorityMargin: 0.10, minimumScore: 0.0}
        overall: {minimumSamples: 50, blocking: true, allowedLoss: 0.02, nonInferiorityMargin: 0.08, minimumScore: 0.0}
        """
                .formatted(
                        seed,
                        list(cast.tags(Slice.OLD)),
                        list(cast.tags(Slice.NEW)),
                        GateSuite.NAME);
    }

    /** JSON is YAML: a list in quotes holds whatever a category is called. */
    private static String list(Collection<String> tags) {
        return JsonMapper.shared().writeValueAsString(tags);
    }
}
