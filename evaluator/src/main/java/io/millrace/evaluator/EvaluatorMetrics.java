package io.millrace.evaluator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.SliceVerdict;
import io.millrace.schemas.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the evaluator counts. */
final class EvaluatorMetrics {

    private static final String NO_VERDICT = "none";

    private final MeterRegistry registry;
    private final MultiGauge scores;
    private final MultiGauge changes;
    private final Timer runs;

    EvaluatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        Stream.of(Outcome.values()).map(EvaluatorMetrics::word).forEach(this::verdicts);
        verdicts(NO_VERDICT);
        scores =
                MultiGauge.builder("millrace.evaluator.slice.score")
                        .description("mean score at the last examination, 0 to 1")
                        .register(registry);
        changes =
                MultiGauge.builder("millrace.evaluator.slice.change")
                        .description("challenger minus champion at the last examination")
                        .register(registry);
        runs =
                Timer.builder("millrace.evaluator.run.seconds")
                        .description("from a candidate to its verdict")
                        .register(registry);
    }

    private Counter verdicts(String outcome) {
        return Counter.builder("millrace.evaluator.verdicts")
                .description("candidates judged; outcome none where an examination broke off")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static String word(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }

    Verdict time(Supplier<Verdict> run) {
        return runs.record(run);
    }

    void judged(Verdict verdict) {
        verdicts(word(verdict.outcome())).increment();
        show(verdict);
    }

    void brokenOff() {
        verdicts(NO_VERDICT).increment();
    }

    /** Sets the gauges to a verdict's slices, without counting it. */
    void show(Verdict verdict) {
        List<Row<?>> scoreRows = new ArrayList<>();
        List<Row<?>> changeRows = new ArrayList<>();
        for (SliceVerdict slice : verdict.slices()) {
            Tags tags = Tags.of("slice", slice.slice());
            if (slice.n() > 0) {
                scoreRows.add(Row.of(tags.and("model", "champion"), slice.champion()));
                scoreRows.add(Row.of(tags.and("model", "challenger"), slice.challenger()));
                changeRows.add(Row.of(tags, slice.change()));
            }
        }
        scores.register(scoreRows, true);
        changes.register(changeRows, true);
    }
}
