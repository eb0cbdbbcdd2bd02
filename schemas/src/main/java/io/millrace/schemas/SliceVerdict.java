package io.millrace.schemas;

/**
 * The gate's finding on one slice of the examination.
 *
 * @param n prompts answered by both
 * @param champion mean score of the champion, 0 to 1
 * @param challenger mean score of the challenger, 0 to 1
 * @param change challenger minus champion
 * @param low lower end of the change's 95 % confidence interval
 * @param high upper end
 * @param reason one sentence that a person can read
 */
public record SliceVerdict(
        String slice,
        int n,
        double champion,
        double challenger,
        double change,
        double low,
        double high,
        Outcome outcome,
        String reason) {

    public SliceVerdict {
        Require.text("slice", slice);
        Require.atLeast(0, "n", n);
        Require.between(0, 1, "champion", champion);
        Require.between(0, 1, "challenger", challenger);
        Require.between(-1, 1, "change", change);
        Require.between(-1, 1, "low", low);
        Require.between(-1, 1, "high", high);
    }
}
