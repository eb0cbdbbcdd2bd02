package io.millrace.launcher.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a rule or the dashboard asks of Prometheus is a metric that a service publishes, or a
 * record of the rules.
 */
class MetricNamesTest {

    private static final Pattern REGISTERED =
            Pattern.compile("\"((?:millrace|gen_ai)\\.[a-z._]+)\"");
    private static final Pattern RECORDED = Pattern.compile("record: (\\S+)");
    private static final Pattern ASKED =
            Pattern.compile("\\b(?:millrace|gen_ai|kafka|jvm|process)[_:][a-z0-9_:]+");

    /** What Micrometer's own binders publish for a Java process and for a Kafka consumer. */
    private static final Set<String> BINDERS =
            Set.of(
                    "jvm_memory_used_bytes",
                    "process_cpu_usage",
                    "kafka_consumer_fetch_manager_records_lag");

    /** What Prometheus makes of a counter, a timer, and a timer's histogram. */
    private static final List<String> SUFFIXES =
            List.of(
                    "",
                    "_total",
                    "_seconds",
                    "_seconds_count",
                    "_seconds_sum",
                    "_seconds_bucket",
                    "_count",
                    "_sum");

    @ParameterizedTest
    @ValueSource(strings = {"k8s/monitoring/rules.yaml", "k8s/monitoring/dashboard.json"})
    void every_metric_asked_for_is_published(String file) {
        Set<String> asked = names(ASKED, Sources.of(file));

        assertThat(asked).isNotEmpty();
        assertThat(published()).containsAll(asked);
    }

    private static Set<String> published() {
        Set<String> published = new TreeSet<>(BINDERS);
        published.addAll(names(RECORDED, Sources.of("k8s/monitoring/rules.yaml")));
        Stream.of("ingest", "trainer", "evaluator", "deployer")
                .flatMap(module -> Sources.under(module + "/src/main/java"))
                .flatMap(source -> names(REGISTERED, source).stream())
                .map(name -> name.replace('.', '_'))
                .flatMap(name -> SUFFIXES.stream().map(name::concat))
                .forEach(published::add);
        return published;
    }

    private static Set<String> names(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(MetricNamesTest::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String name(MatchResult found) {
        return found.groupCount() == 0 ? found.group() : found.group(1);
    }
}
