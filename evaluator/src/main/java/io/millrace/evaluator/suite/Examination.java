package io.millrace.evaluator.suite;

import io.millrace.evaluator.metric.ExactMatch;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Example;
import io.millrace.schemas.HoldoutExample;
import io.millrace.schemas.Message;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything that both examinees are asked.
 *
 * @param cases the stream's holdout in order of example id, then the suites from directories
 * @param holdout the offset ranges that the holdout's cases were read from
 * @param contaminated cases left out because an ancestor of either examinee trained on them or on
 *     the like
 * @param erased cases left out because the person behind them asked to be forgotten
 */
public record Examination(
        List<SuiteCase> cases, List<OffsetRange> holdout, int contaminated, int erased) {

    public Examination {
        cases = List.copyOf(cases);
        holdout = List.copyOf(holdout);
    }

    /**
     * The stream's holdout.
     *
     * @param events in the order of the log; of one example's revisions the highest counts, of
     *     equal ones the later
     * @param ranges where they were read
     */
    public static Examination ofHoldout(
            List<HoldoutExample> events,
            List<OffsetRange> ranges,
            Contamination trained,
            Set<PrincipalId> forgotten) {
        List<SuiteCase> cases = new ArrayList<>();
        int contaminated = 0;
        int erased = 0;
        for (Example example : latest(events)) {
            if (forgotten.contains(example.principal())) {
                erased++;
            } else if (trained.touches(example)) {
                contaminated++;
            } else {
                cases.add(asCase(example));
            }
        }
        return new Examination(cases, ranges, contaminated, erased);
    }

    /** The same, followed by what a suite asks that training has not seen. */
    public Examination with(Suite suite, Contamination trained) {
        List<SuiteCase> all = new ArrayList<>(cases);
        suite.cases().stream()
                .filter(asked -> !trained.touches(asked.messages()))
                .forEach(all::add);
        int seen = cases.size() + suite.cases().size() - all.size();
        return new Examination(all, holdout, contaminated + seen, erased);
    }

    /** Digest of the cases in order, each a line of JSON. */
    public Sha256 digest() {
        return Sha256.of(
                cases.stream()
                        .map(EventJson.MAPPER::writeValueAsString)
                        .collect(Collectors.joining("\n"))
                        .getBytes(StandardCharsets.UTF_8));
    }

    List<List<Message>> prompts() {
        return cases.stream().map(SuiteCase::messages).toList();
    }

    private static Collection<Example> latest(List<HoldoutExample> events) {
        Map<String, Example> byId = new TreeMap<>();
        for (HoldoutExample event : events) {
            byId.merge(
                    event.example().exampleId().value(),
                    event.example(),
                    (known, next) -> next.revision() >= known.revision() ? next : known);
        }
        return byId.values();
    }

    private static SuiteCase asCase(Example example) {
        return new SuiteCase(
                example.exampleId().value(),
                example.messages(),
                List.of(example.answer()),
                example.tags(),
                new ExactMatch());
    }
}
