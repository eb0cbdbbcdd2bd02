package io.millrace.evaluator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.evaluator.Fixtures;
import io.millrace.evaluator.gate.Decision;
import io.millrace.evaluator.gate.Gate;
import io.millrace.evaluator.gate.GatePolicy;
import io.millrace.evaluator.gate.GatePolicyFile;
import io.millrace.evaluator.suite.Examination;
import io.millrace.evaluator.suite.PairedAnswer;
import io.millrace.evaluator.suite.Sitting;
import io.millrace.evaluator.suite.SuiteCase;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportPageTest {

    private static final GatePolicy POLICY = GatePolicyFile.standard();

    @Test
    void thePageShowsTheOutcomeTheGateAndWhoWasCompared() {
        String page = ReportPage.of(report(asked -> "right"));

        assertThat(page)
                .contains("<title>v2: pass</title>", "against v1")
                .contains(
                        "<th scope=\"row\">old</th><td>60</td><td>0.0\u202f%</td><td>100.0\u202f%</td>");
    }

    @Test
    void whatModelsWroteIsEscaped() {
        String page = ReportPage.of(report(asked -> "<script>alert('x')</script>&\""));

        assertThat(page).doesNotContain("<script");
    }

    @Test
    void thePageLoadsNothing() {
        String page = ReportPage.of(report(asked -> "right"));

        assertThat(Pattern.compile("( src=|href=|@import|url\\()").matcher(page).find()).isFalse();
        assertThat(page).contains("default-src 'none'");
    }

    @Test
    void noMoreThanFiftyAnswersAreListed() {
        String page =
                ReportPage.of(report(asked -> asked.id().startsWith("old") ? "right" : "worse"));

        assertThat(page).contains("Won: 60, the first 25 shown", "Lost: 60, the first 25 shown");
        assertThat(page.split("<td class=\"better\">", -1)).hasSize(51);
    }

    @Test
    void everyPlotIsWellFormed() throws Exception {
        String page = ReportPage.of(report(asked -> "right"));
        var svgs =
                Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page).results().toList();

        assertThat(svgs).hasSize(2);
        for (var svg : svgs) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg.group())));
        }
    }

    @Test
    void anExaminationThatNobodySatHasAPageToo() {
        Decision refused = Decision.refused("the adapter cannot be used: it was altered");

        String page = ReportPage.of(report(Sitting.cancelled(Fixtures.examination(3, 0)), refused));

        assertThat(page)
                .contains("the adapter cannot be used: it was altered")
                .doesNotContain("<h2>Gate</h2>");
    }

    @Test
    void aVersionThatLooksLikeAPathStaysInTheDirectory(@TempDir Path directory) {
        Path file = new ReportDirectory(directory).fileOf(new ModelVersion("v1/../../etc"));

        assertThat(file).isEqualTo(directory.resolve("v1_.._.._etc.html"));
    }

    @Test
    void anEarlierReportIsReplacedAndNoDraftIsLeft(@TempDir Path directory) throws IOException {
        var reports = new ReportDirectory(directory);
        Files.writeString(directory.resolve("v2.html"), "earlier");

        reports.write(report(asked -> "right"));

        assertThat(directory).isDirectoryContaining("glob:**v2.html");
        assertThat(directory.toFile().list()).hasSize(1);
        assertThat(directory.resolve("v2.html")).content().startsWith("<!doctype html>");
    }

    /** A report on 60 old questions that the champion cannot answer and 60 new ones that it can. */
    private static Report report(Function<SuiteCase, String> challenger) {
        Examination examination = Fixtures.examination(60, 60);
        List<PairedAnswer> answers =
                examination.cases().stream()
                        .map(asked ->
                                new PairedAnswer(
                                        asked,
                                        asked.grade(
                                                asked.id().startsWith("old") ? "wrong" : "right"),
                                        asked.grade(challenger.apply(asked))))
                        .toList();
        Sitting sitting = new Sitting(examination, answers);
        return report(
                sitting, Gate.decide(POLICY, answers.stream().map(PairedAnswer::score).toList()));
    }

    private static Report report(Sitting sitting, Decision decision) {
        Candidate candidate = Fixtures.candidate("v2", "v1", "w1", "w2");
        Verdict verdict =
                new Verdict(
                        candidate.modelVersion(),
                        candidate.adapterDigest(),
                        new ModelVersion("v1"),
                        decision.outcome(),
                        decision.reason(),
                        decision.slices(),
                        POLICY.digest(),
                        sitting.examination().digest(),
                        sitting.examination().holdout(),
                        1,
                        null,
                        Fixtures.NOW);
        return new Report(candidate, verdict, POLICY, sitting);
    }
}
