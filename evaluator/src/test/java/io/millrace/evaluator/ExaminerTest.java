package io.millrace.evaluator;

import static io.millrace.evaluator.Fixtures.candidate;
import static io.millrace.evaluator.Fixtures.examination;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.evaluator.gate.GatePolicyFile;
import io.millrace.evaluator.report.ReportDirectory;
import io.millrace.evaluator.suite.UnansweredException;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExaminerTest {

    @TempDir private Path directory;

    private final ScriptedExaminee base = ScriptedExaminee.rightOn("nothing");

    @Test
    void theFirstChallengerIsHeldAgainstTheBareBase() {
        var examinees = new ScriptedExaminees(base).with("v1", ScriptedExaminee.rightOn("old"));

        Verdict verdict =
                examiner(examinees)
                        .examine(candidate("v1", null, "w1"), null, examination(60, 0), n -> {});

        assertThat(verdict.outcome()).isEqualTo(Outcome.PASS);
        assertThat(verdict.champion()).isNull();
        assertThat(verdict.occurredAt()).isEqualTo(Fixtures.NOW);
    }

    @Test
    void aVerdictCarriesEverythingThatLedToIt() {
        var examinees = new ScriptedExaminees(base).with("v1", ScriptedExaminee.rightOn("old"));
        var challenger = candidate("v1", null, "w1");
        var examination = examination(60, 0);

        Verdict verdict = examiner(examinees).examine(challenger, null, examination, n -> {});

        assertThat(verdict.adapterDigest()).isEqualTo(challenger.adapterDigest());
        assertThat(verdict.policySha256()).isEqualTo(GatePolicyFile.standard().digest());
        assertThat(verdict.suiteSha256()).isEqualTo(examination.digest());
        assertThat(verdict.holdout()).isEqualTo(examination.holdout());
        assertThat(verdict.report()).isEqualTo(directory.resolve("v1.html").toString());
        assertThat(directory.resolve("v1.html")).isNotEmptyFile();
    }

    @Test
    void aChallengerThatForgetsFailsAgainstItsChampion() {
        var examinees =
                new ScriptedExaminees(base)
                        .with("v1", ScriptedExaminee.rightOn("old"))
                        .with("v2", ScriptedExaminee.rightOn("new"));

        Verdict verdict =
                examiner(examinees)
                        .examine(
                                candidate("v2", "v1", "w1", "w2"),
                                candidate("v1", null, "w1"),
                                examination(60, 60),
                                n -> {});

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason()).startsWith("old loses 100.0 points");
        assertThat(verdict.champion()).hasToString("v1");
    }

    @Test
    void anAdapterThatCannotBeUsedFailsWithTheReasonAndAReport() {
        Verdict verdict =
                examiner(new ScriptedExaminees(base))
                        .examine(candidate("v1", null, "w1"), null, examination(60, 0), n -> {});

        assertThat(verdict.outcome()).isEqualTo(Outcome.FAIL);
        assertThat(verdict.reason()).isEqualTo("the adapter cannot be used: artefact is missing");
        assertThat(verdict.slices()).isEmpty();
        assertThat(directory.resolve("v1.html")).isNotEmptyFile();
    }

    @Test
    void aChampionThatCannotBeUsedIsAnOutageAndNoVerdict() {
        var challenger = ScriptedExaminee.rightOn("old");
        var examinees = new ScriptedExaminees(base).with("v2", challenger);

        assertThatThrownBy(() ->
                        examiner(examinees)
                                .examine(
                                        candidate("v2", "v1", "w1", "w2"),
                                        candidate("v1", null, "w1"),
                                        examination(60, 0),
                                        n -> {}))
                .isInstanceOf(MillraceException.class)
                .hasMessage("champion v1 cannot be examined against: artefact is missing");
        assertThat(challenger.closed()).isTrue();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anExaminationThatBreaksOffLeavesNoReportAndFreesBothModels() {
        var challenger =
                new ScriptedExaminee(prompt -> {
                    throw new UnansweredException("generation failed");
                });
        var examinees = new ScriptedExaminees(base).with("v1", challenger);

        assertThatThrownBy(() ->
                        examiner(examinees)
                                .examine(
                                        candidate("v1", null, "w1"),
                                        null,
                                        examination(60, 0),
                                        n -> {}))
                .isInstanceOf(UnansweredException.class);
        assertThat(directory).isEmptyDirectory();
        assertThat(List.of(challenger.closed(), base.closed())).containsOnly(true);
    }

    @Test
    void progressCountsTheAnswersOfBoth() {
        var examinees = new ScriptedExaminees(base).with("v1", ScriptedExaminee.rightOn("old"));
        List<Integer> counts = new ArrayList<>();

        examiner(examinees)
                .examine(candidate("v1", null, "w1"), null, examination(60, 0), counts::add);

        assertThat(counts).containsExactly(60, 120);
    }

    private Examiner examiner(Examinees examinees) {
        return new Examiner(
                examinees,
                GatePolicyFile.standard(),
                new ReportDirectory(directory),
                Clock.fixed(Fixtures.NOW, ZoneOffset.UTC));
    }
}
