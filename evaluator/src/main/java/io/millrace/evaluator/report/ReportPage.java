package io.millrace.evaluator.report;

import static io.millrace.evaluator.report.Html.escape;
import static io.millrace.evaluator.report.Numbers.percent;
import static io.millrace.evaluator.report.Numbers.points;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.SliceVerdict;
import io.millrace.schemas.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page itself, section by section. */
final class ReportPage {

    private static final String STYLE = style();

    private final Report report;
    private final Candidate candidate;
    private final Verdict verdict;

    private ReportPage(Report report) {
        this.report = report;
        this.candidate = report.candidate();
        this.verdict = report.verdict();
    }

    static String of(Report report) {
        return new ReportPage(report).html();
    }

    private String html() {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <title>%s: %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        %s%s%s%s%s</main>
        </body>
        </html>
        """
                .formatted(
                        escape(candidate.modelVersion().value()),
                        word(verdict.outcome()),
                        STYLE,
                        banner(),
                        gate(),
                        training(),
                        answers(),
                        provenance());
    }

    private String banner() {
        return """
        <header class="banner %s">
        <p class="kicker">Millrace gate \u00b7 %s</p>
        <h1><span class="mark" aria-hidden="true">%s</span> %s <span class="outcome">%s</span></h1>
        <p class="against">against %s</p>
        <p class="reason">%s</p>
        </header>
        """
                .formatted(
                        word(verdict.outcome()),
                        verdict.occurredAt().truncatedTo(ChronoUnit.SECONDS),
                        mark(verdict.outcome()),
                        escape(candidate.modelVersion().value()),
                        word(verdict.outcome()),
                        escape(report.championName()),
                        escape(verdict.reason()));
    }

    private String gate() {
        if (verdict.slices().isEmpty()) {
            return "";
        }
        return """
        <section>
        <h2>Gate</h2>
        <div class="scroll"><table class="gate">
        <thead><tr><th>Slice</th><th>Prompts</th><th>Champion</th><th>Challenger</th><th>Change, points</th>\
        <th>%s interval</th><th>Outcome</th><th>Finding</th></tr></thead>
        <tbody>
        %s</tbody></table></div>
        %s<p class="note">Both models answered the same %d prompts. The dashed mark is the largest loss that an interval \
        may leave possible. %s</p>
        </section>
        """
                .formatted(
                        report.policy().statistics().confidenceInWords(),
                        verdict.slices().stream().map(this::row).collect(Collectors.joining()),
                        SlicePlot.of(verdict.slices(), report.policy()),
                        report.sitting().answers().size(),
                        leftOut());
    }

    private String row(SliceVerdict slice) {
        if (slice.n() == 0) {
            return """
            <tr class="empty"><th scope="row">%s</th><td>0</td><td></td><td></td><td></td><td></td><td></td><td>%s</td></tr>
            """
                    .formatted(escape(slice.slice()), escape(slice.reason()));
        }
        return """
        <tr><th scope="row">%s</th><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s to %s</td>\
        <td><span class="chip %s">%s</span></td><td>%s</td></tr>
        """
                .formatted(
                        escape(slice.slice()),
                        slice.n(),
                        percent(slice.champion()),
                        percent(slice.challenger()),
                        points(slice.change()),
                        points(slice.low()),
                        points(slice.high()),
                        word(slice.outcome()),
                        word(slice.outcome()),
                        escape(slice.reason()));
    }

    private String leftOut() {
        var examination = report.sitting().examination();
        return "Left out: %d that training had seen, %d erased."
                .formatted(examination.contaminated(), examination.erased());
    }

    private String training() {
        return """
        <section>
        <h2>Training loss</h2>
        %s</section>
        """
                .formatted(LossPlot.of(candidate.lossCurve()));
    }

    private String answers() {
        if (report.sitting().answers().isEmpty()) {
            return "";
        }
        return """
        <section>
        <h2>Answers that changed</h2>
        %s%s</section>
        """
                .formatted(
                        AnswerTable.of("Lost", report.losses()),
                        AnswerTable.of("Won", report.wins()));
    }

    private String provenance() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Candidate", candidate.modelVersion().value());
        facts.put("Window", candidate.windowId().value());
        facts.put(
                "Lineage",
                candidate.lineage().stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(" \u2192 ")));
        facts.put("Parent", candidate.parent() == null ? "the base" : candidate.parent().value());
        facts.put("Base", candidate.base() + " " + candidate.baseDigest());
        facts.put("Adapter", candidate.adapterDigest().hex());
        facts.put("Dataset", candidate.datasetSha256().hex());
        facts.put("Training settings", candidate.configSha256().hex());
        facts.put("Training seed", Long.toString(candidate.seed()));
        facts.put("Examination", verdict.suiteSha256().hex());
        facts.put("Holdout", ranges());
        facts.put(
                "Gate policy",
                "%s, version %d, %s"
                        .formatted(
                                report.policy().name(),
                                report.policy().version(),
                                verdict.policySha256()));
        facts.put("Gate seed", Long.toString(verdict.seed()));
        return """
        <section>
        <h2>Lineage and digests</h2>
        <dl>
        %s</dl>
        </section>
        """
                .formatted(
                        facts.entrySet().stream()
                                .map(fact ->
                                        "<dt>%s</dt><dd>%s</dd>\n"
                                                .formatted(fact.getKey(), escape(fact.getValue())))
                                .collect(Collectors.joining()));
    }

    private String ranges() {
        List<String> ranges =
                verdict.holdout().stream()
                        .map(r ->
                                "%s-%d [%d, %d)"
                                        .formatted(r.topic(), r.partition(), r.from(), r.to()))
                        .toList();
        return ranges.isEmpty() ? "none" : String.join(", ", ranges);
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    private static String mark(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "\u2713";
            case FAIL -> "\u2715";
            case INCONCLUSIVE -> "?";
        };
    }

    private static String style() {
        try (InputStream css = ReportPage.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is not on the class path");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
