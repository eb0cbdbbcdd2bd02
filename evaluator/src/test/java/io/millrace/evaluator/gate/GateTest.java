package io.millrace.evaluator.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.millrace.schemas.Outcome;
import io.millrace.schemas.SliceVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    private static final GatePolicy POLICY = GatePolicyFile.standard();

    @Test
    void aChallengerThatLearnsTheNewAndKeepsTheOldPasses() {
        Decision decision =
                Gate.decide(
                        POLICY,
                        Scores.join(
                                Scores.of("old", 120, 3, 4, 20), Scores.of("new", 0, 30, 0, 5)));

        assertThat(decision.outcome()).isEqualTo(Outcome.PASS);
        assertThat(decision.reason()).startsWith("new gains 85.7 points");
        assertThat(slice(decision, "old").outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void theFirstChallengerPassesAgainstABaseThatKnowsNothing() {
        Decision decision = Gate.decide(POLICY, Scores.of("old", 0, 125, 0, 22));

        assertThat(decision.outcome()).isEqualTo(Outcome.PASS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40, 150, 1000})
    void aChallengerThatEqualsTheChampionNeverPasses(int right) {
        Decision decision = Gate.decide(POLICY, Scores.of("old", right, 0, 0, 1000 - right));

        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.reason()).isEqualTo("no slice is better beyond luck");
    }

    @Test
    void aChallengerTrainedOnShuffledLabelsFails() {
        Decision decision =
                Gate.decide(
                        POLICY,
                        Scores.join(
                                Scores.of("old", 5, 1, 115, 26), Scores.of("new", 2, 0, 30, 4)));

        assertThat(decision.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(decision.reason())
                .contains("old loses 77.6 points, 3.0 allowed, at 95 % confidence", "new loses");
    }

    @Test
    void aLossOnOneSliceIsNotHiddenByGainsElsewhere() {
        Decision decision =
                Gate.decide(
                        POLICY,
                        Scores.join(
                                Scores.of("old", 100, 2, 25, 20),
                                Scores.of("new", 10, 180, 0, 10)));

        assertThat(slice(decision, "overall").change()).isPositive();
        assertThat(decision.outcome()).isEqualTo(Outcome.FAIL);
    }

    @Test
    void aCertainLossFailsASliceThatDoesNotBlockToo() {
        Decision decision =
                Gate.decide(
                        POLICY,
                        Scores.join(
                                Scores.of("old", 50, 60, 0, 0), Scores.of("new", 20, 0, 15, 0)));

        assertThat(decision.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(decision.reason()).startsWith("new loses 42.9 points");
    }

    @Test
    void tooFewSamplesAreInconclusiveHoweverGoodTheyLook() {
        Decision decision = Gate.decide(POLICY, Scores.of("old", 0, 29, 0, 0));

        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.reason()).contains("old has 29 prompts, 30 needed");
    }

    @Test
    void noSamplesAtAllAreInconclusive() {
        Decision decision = Gate.decide(POLICY, List.of());

        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.slices()).hasSize(4).allSatisfy(s -> assertThat(s.n()).isZero());
    }

    @Test
    void anEmptySliceDoesNotBlock() {
        Decision decision = Gate.decide(POLICY, Scores.of("new", 0, 60, 0, 10));

        assertThat(slice(decision, "old").reason())
                .isEqualTo("has no prompts, so it does not count");
        assertThat(decision.outcome()).isEqualTo(Outcome.PASS);
    }

    @Test
    void doubtAboutABlockingSliceHoldsThePromotionBack() {
        Decision decision =
                Gate.decide(
                        POLICY,
                        Scores.join(
                                Scores.of("old", 90, 10, 15, 20), Scores.of("new", 0, 60, 0, 0)));

        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.reason())
                .isEqualTo("old loses 3.7 points, 3.0 allowed, though luck could explain it");
    }

    @Test
    void anAllowedMeasuredLossIsNotEnoughWhenTheIntervalLeavesALargeOnePossible() {
        Decision decision =
                Gate.decide(
                        POLICY,
                        Scores.join(
                                Scores.of("old", 10, 10, 10, 10), Scores.of("new", 0, 60, 0, 0)));

        assertThat(slice(decision, "old").change()).isZero();
        assertThat(decision.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(decision.reason()).startsWith("old may lose up to ");
    }

    @Test
    void aFloorFailsAChallengerThatIsNoWorseThanTheChampion() {
        var floor = new SliceRule(30, true, 0.03, 0.10, 0.5);
        GatePolicy policy =
                new GatePolicy("floors", 1, POLICY.statistics(), List.of(), POLICY.other(), floor);

        Decision decision = Gate.decide(policy, Scores.of("any", 10, 30, 0, 60));

        assertThat(decision.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(decision.reason()).isEqualTo("overall scores 40.0 %, floor 50.0 %");
    }

    @Test
    void aCaseOfTwoSlicesCountsInBothAndOnceOverall() {
        Decision decision =
                Gate.decide(POLICY, List.of(new PairedScore(List.of("new", "old"), 0, 1)));

        assertThat(decision.slices())
                .extracting(SliceVerdict::slice, SliceVerdict::n)
                .containsExactly(
                        tuple("old", 1), tuple("new", 1), tuple("other", 0), tuple("overall", 1));
    }

    @Test
    void theSameScoresGiveTheSameDecisionToTheLastDigit() {
        List<PairedScore> scores = random(new SplittableRandom(3), 200, 0.1, 0.05);

        assertThat(Gate.decide(POLICY, scores)).isEqualTo(Gate.decide(POLICY, scores));
    }

    @Test
    void luckAlonePassesOneCandidateInTwentyAtMost() {
        var random = new SplittableRandom(11);
        int passed = 0;
        for (int trial = 0; trial < 300; trial++) {
            List<PairedScore> scores = random(random, 200, 0.08, 0.08);
            if (Gate.decide(fast(), scores).outcome() == Outcome.PASS) {
                passed++;
            }
        }

        assertThat(passed).isLessThanOrEqualTo(15);
    }

    @Test
    void aTrueLossOfThreePointsRarelyPassesOnFiveHundredPromptsEvenWhenNewOnesAreGained() {
        var random = new SplittableRandom(12);
        int passed = 0;
        for (int trial = 0; trial < 200; trial++) {
            List<PairedScore> scores =
                    Scores.join(random(random, 500, 0.02, 0.05), Scores.of("new", 0, 60, 0, 5));
            if (Gate.decide(strict(), scores).outcome() == Outcome.PASS) {
                passed++;
            }
        }

        assertThat(passed).isLessThanOrEqualTo(40);
    }

    /** The standard policy with fewer resamples: simulations decide often. */
    private static GatePolicy fast() {
        return new GatePolicy(
                "fast",
                1,
                new Statistics(5, 1_000, 0.95),
                POLICY.slices(),
                POLICY.other(),
                POLICY.overall());
    }

    /** A policy for large suites, where the margin can be what a person would call a loss. */
    private static GatePolicy strict() {
        var rule = new SliceRule(30, true, 0.02, 0.04, 0);
        return new GatePolicy(
                "strict",
                1,
                new Statistics(5, 1_000, 0.95),
                List.of(new SlicePolicy("old", List.of("old"), rule)),
                POLICY.other(),
                POLICY.overall());
    }

    private static List<PairedScore> random(
            SplittableRandom random, int n, double gained, double lost) {
        List<PairedScore> scores = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double draw = random.nextDouble();
            scores.add(
                    draw < gained
                            ? new PairedScore(List.of("old"), 0, 1)
                            : draw < gained + lost
                                    ? new PairedScore(List.of("old"), 1, 0)
                                    : new PairedScore(List.of("old"), 1, 1));
        }
        return scores;
    }

    private static SliceVerdict slice(Decision decision, String name) {
        return decision.slices().stream()
                .filter(s -> s.slice().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
