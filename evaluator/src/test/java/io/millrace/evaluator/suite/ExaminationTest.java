package io.millrace.evaluator.suite;

import static io.millrace.evaluator.suite.Examples.example;
import static io.millrace.evaluator.suite.Examples.holdout;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluator.metric.Contains;
import io.millrace.schemas.Example;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExaminationTest {

    private static final Contamination NOTHING = Contamination.of(List.of());

    @Test
    void casesComeInOrderOfTheirIdWhateverTheOrderOfTheLog() {
        Examination examination =
                of(NOTHING, example("b", "second", "2"), example("a", "first", "1"));

        assertThat(examination.cases()).extracting(SuiteCase::id).containsExactly("a", "b");
    }

    @Test
    void theHighestRevisionOfAnExampleCountsAlthoughAnEarlierOneCameLater() {
        Examination examination =
                of(
                        NOTHING,
                        example("a", "q", "final", null, 2),
                        example("a", "q", "draft", null, 1));

        assertThat(examination.cases())
                .singleElement()
                .extracting(SuiteCase::references)
                .isEqualTo(List.of("final"));
    }

    @Test
    void ofEqualRevisionsTheLaterCounts() {
        Examination examination = of(NOTHING, example("a", "q", "one"), example("a", "q", "two"));

        assertThat(examination.cases())
                .singleElement()
                .extracting(SuiteCase::references)
                .isEqualTo(List.of("two"));
    }

    @Test
    void anExampleThatWasTrainedOnIsLeftOutAndCounted() {
        Contamination trained = Contamination.of(List.of(example("a", "other words", "1")));

        Examination examination = of(trained, example("a", "q", "1"), example("b", "r", "2"));

        assertThat(examination.cases()).extracting(SuiteCase::id).containsExactly("b");
        assertThat(examination.contaminated()).isEqualTo(1);
    }

    @Test
    void aPromptThatWasTrainedOnInOtherCaseAndSpacingIsLeftOut() {
        Contamination trained =
                Contamination.of(List.of(example("x", "Where  is my CAFE\u0301 order?", "1")));

        Examination examination = of(trained, example("a", "where is my caf\u00e9\norder?", "1"));

        assertThat(examination.cases()).isEmpty();
        assertThat(examination.contaminated()).isEqualTo(1);
    }

    @Test
    void aMemberOfATrainedClusterIsLeftOut() {
        Contamination trained = Contamination.of(List.of(example("x", "one way", "1", "c1", 0)));

        Examination examination =
                of(trained, example("a", "another", "1", "c1", 0), example("b", "far", "2"));

        assertThat(examination.cases()).extracting(SuiteCase::id).containsExactly("b");
    }

    @Test
    void theExamplesOfAPersonWhoAskedToBeForgottenAreLeftOutAndCounted() {
        Examination examination =
                Examination.ofHoldout(
                        List.of(holdout(example("a", "q", "1")), holdout(example("b", "r", "2"))),
                        List.of(),
                        NOTHING,
                        Set.of(new PrincipalId("p-a")));

        assertThat(examination.cases()).extracting(SuiteCase::id).containsExactly("b");
        assertThat(examination.erased()).isEqualTo(1);
    }

    @Test
    void aSuiteIsAskedAfterTheHoldoutWithoutWhatTrainingHasSeen() {
        Suite suite =
                new Suite(
                        "base",
                        1,
                        List.of(suiteCase("base/1", "seen"), suiteCase("base/2", "new")));
        Contamination trained = Contamination.of(List.of(example("x", "seen", "1")));

        Examination examination = of(trained, example("a", "q", "1")).with(suite, trained);

        assertThat(examination.cases()).extracting(SuiteCase::id).containsExactly("a", "base/2");
        assertThat(examination.contaminated()).isEqualTo(1);
    }

    @Test
    void theDigestDependsOnEveryPartOfACase() {
        assertThat(
                        Stream.of(
                                        example("a", "q", "1"),
                                        example("b", "q", "1"),
                                        example("a", "r", "1"),
                                        example("a", "q", "2"))
                                .map(example -> of(NOTHING, example).digest()))
                .doesNotHaveDuplicates();
    }

    @Test
    void theDigestIsThatOfTheCasesAsLinesOfJson() {
        String lines =
                """
                {"id":"a","messages":[{"role":"user","content":"q"}],"references":["1"],"tags":["old"],"grader":"exact-match"}
                {"id":"b","messages":[{"role":"user","content":"r"}],"references":["2"],"tags":["old"],"grader":"exact-match"}\
                """;

        Examination examination = of(NOTHING, example("a", "q", "1"), example("b", "r", "2"));

        assertThat(examination.digest())
                .isEqualTo(Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
    }

    private static SuiteCase suiteCase(String id, String prompt) {
        return new SuiteCase(
                id, List.of(Message.user(prompt)), List.of("1"), List.of(), new Contains());
    }

    private static Examination of(Contamination trained, Example... examples) {
        return Examination.ofHoldout(
                Stream.of(examples).map(Examples::holdout).toList(), List.of(), trained, Set.of());
    }
}
