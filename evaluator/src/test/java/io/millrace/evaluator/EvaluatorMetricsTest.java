package io.millrace.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.SliceVerdict;
import io.millrace.schemas.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluatorMetricsTest {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final EvaluatorMetrics metrics = new EvaluatorMetrics(registry);

    @Test
    void everyOutcomeIsThereBeforeTheFirstVerdict() {
        assertThat(registry.scrape())
                .contains(
                        "millrace_evaluator_verdicts_total{outcome=\"pass\"} 0.0",
                        "millrace_evaluator_verdicts_total{outcome=\"fail\"} 0.0",
                        "millrace_evaluator_verdicts_total{outcome=\"inconclusive\"} 0.0",
                        "millrace_evaluator_verdicts_total{outcome=\"none\"} 0.0",
                        "millrace_evaluator_run_seconds_count 0");
    }

    @Test
    void aVerdictIsCountedAndItsSlicesShown() {
        metrics.judged(verdict(slice("old", 10, 0.5, 0.75)));

        assertThat(registry.scrape())
                .contains(
                        "millrace_evaluator_verdicts_total{outcome=\"pass\"} 1.0",
                        "millrace_evaluator_slice_score{model=\"champion\",slice=\"old\"} 0.5",
                        "millrace_evaluator_slice_score{model=\"challenger\",slice=\"old\"} 0.75",
                        "millrace_evaluator_slice_change{slice=\"old\"} 0.25");
    }

    @Test
    void aSliceThatTheLastExaminationDidNotHoldIsNotShown() {
        metrics.judged(verdict(slice("old", 10, 0.5, 0.75)));
        metrics.judged(verdict(slice("old", 0, 0, 0), slice("new", 5, 0, 1)));

        assertThat(registry.scrape())
                .doesNotContain("slice=\"old\"")
                .contains("millrace_evaluator_slice_change{slice=\"new\"} 1.0");
    }

    private static SliceVerdict slice(String name, int n, double champion, double challenger) {
        double change = challenger - champion;
        return new SliceVerdict(
                name, n, champion, challenger, change, change, change, Outcome.PASS, "test");
    }

    private static Verdict verdict(SliceVerdict... slices) {
        return new Verdict(
                new ModelVersion("v1"),
                Fixtures.sha("v1"),
                null,
                Outcome.PASS,
                "test",
                List.of(slices),
                Fixtures.sha("policy"),
                Fixtures.sha("suite"),
                List.of(),
                1,
                null,
                Fixtures.NOW);
    }
}
