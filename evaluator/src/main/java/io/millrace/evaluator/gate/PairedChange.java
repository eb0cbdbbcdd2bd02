package io.millrace.evaluator.gate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * How two examinees' mean scores on the same cases differ.
 *
 * @param low lower end of the change's confidence interval
 * @param high upper end
 * @param gainPValue how often chance alone shows a gain as large as this one
 */
record PairedChange(
        int n, double champion, double challenger, double low, double high, double gainPValue) {

    private static final PairedChange OF_NOTHING = new PairedChange(0, 0, 0, 0, 0, 1);

    double change() {
        return challenger - champion;
    }

    /**
     * Compares the two on these cases.
     *
     * @param stream tells this comparison's random numbers from another's under the same seed
     */
    static PairedChange of(List<PairedScore> scores, Statistics statistics, String stream) {
        if (scores.isEmpty()) {
            return OF_NOTHING;
        }
        double[] changes =
                scores.stream().mapToDouble(s -> s.challenger() - s.champion()).toArray();
        var random = new SplittableRandom(statistics.seed() + stream.hashCode());
        Interval interval =
                Bootstrap.interval(
                        changes, statistics.resamples(), statistics.confidence(), random.split());
        return new PairedChange(
                changes.length,
                scores.stream().mapToDouble(PairedScore::champion).average().orElseThrow(),
                scores.stream().mapToDouble(PairedScore::challenger).average().orElseThrow(),
                interval.low(),
                interval.high(),
                SignFlipTest.gainPValue(changes, statistics.resamples(), random.split()));
    }
}
