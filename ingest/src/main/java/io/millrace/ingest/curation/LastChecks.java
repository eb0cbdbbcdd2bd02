package io.millrace.ingest.curation;

import io.millrace.schemas.Example;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.SftExample;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Contamination, then the defence against poisoning: caps within a sliding window of curated
 * examples, and corroboration. What it remembers are counts and names, never texts.
 */
final class LastChecks implements Admission {

    /** What earlier examples left behind, as JSON by key. */
    interface Memory {
        <T> Optional<T> get(String key, Class<T> type);

        void put(String key, Object value);

        /** Those that begin like this, in a set of the caller's. */
        Set<String> keys(String prefix);
    }

    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** A shorter answer is a label, which unlike prompts may well share. */
    private static final int MIN_ANSWER_WORDS = 3;

    private final PoisoningRules rules;
    private final Memory memory;
    private final CuratedWindow window;

    LastChecks(PoisoningRules rules, Memory memory) {
        this.rules = rules;
        this.memory = memory;
        this.window = new CuratedWindow(rules.window(), memory);
    }

    @Override
    public Optional<Objection> admit(SftExample placed, Findings found, Standing standing) {
        Example example = placed.example();
        Optional<Objection> leak =
                Optional.ofNullable(found.leak())
                        .filter(detail -> !standing.waives(QuarantineReason.CONTAMINATED))
                        .map(detail -> new Objection(QuarantineReason.CONTAMINATED, detail));
        if (leak.isPresent() || standing.trusted() || standing.isReleased()) {
            return leak;
        }
        Optional<Objection> objection = overCap(example).or(() -> uncorroborated(example, found));
        if (objection.isEmpty()) {
            window.add(tallies(example));
        }
        return objection;
    }

    private Optional<Objection> overCap(Example example) {
        if (window.count(principal(example)) >= rules.principalCap()) {
            return over(
                    QuarantineReason.PRINCIPAL_CAP,
                    "its principal has given %d of the last %,d curated examples, the most that one may",
                    rules.principalCap());
        }
        if (window.count(cluster(example)) >= rules.clusterCap()) {
            return over(
                    QuarantineReason.CLUSTER_CAP,
                    "%d of the last %,d curated examples ask nearly the same, the most that may",
                    rules.clusterCap());
        }
        return answer(example).filter(a -> window.count(a) >= rules.clusterCap()).isPresent()
                ? over(
                        QuarantineReason.ANSWER_CAP,
                        "%d of the last %,d curated examples have its answer, the most that may",
                        rules.clusterCap())
                : Optional.empty();
    }

    private Optional<Objection> over(QuarantineReason reason, String detail, int cap) {
        return Optional.of(new Objection(reason, detail.formatted(cap, rules.window())));
    }

    private Optional<Objection> uncorroborated(Example example, Findings found) {
        return switch (rules.corroboration()) {
            case NONE -> Optional.empty();
            case REVIEWER ->
                    Optional.of(
                            new Objection(
                                    QuarantineReason.AWAITS_REVIEW,
                                    "every example waits for a reviewer's release"));
            case SECOND_PRINCIPAL -> alone(example, found);
        };
    }

    private Optional<Objection> alone(Example example, Findings found) {
        String statement = "said/%s/%s".formatted(example.cluster(), found.answer());
        Optional<PrincipalId> first = memory.get(statement, PrincipalId.class);
        if (first.isPresent() && !first.get().equals(example.principal())) {
            return Optional.empty();
        }
        memory.put(statement, example.principal());
        return Optional.of(
                new Objection(
                        QuarantineReason.UNCORROBORATED,
                        "no second principal has given this answer to this prompt"));
    }

    private static List<String> tallies(Example example) {
        return Stream.concat(
                        Stream.of(principal(example), cluster(example)), answer(example).stream())
                .toList();
    }

    private static String principal(Example example) {
        return "principal/" + example.principal().value();
    }

    private static String cluster(Example example) {
        return "cluster/" + example.cluster();
    }

    private static Optional<String> answer(Example example) {
        String answer = example.answer();
        return SPACE.splitAsStream(answer).limit(MIN_ANSWER_WORDS).count() < MIN_ANSWER_WORDS
                ? Optional.empty()
                : Optional.of("answer/" + Findings.digest(answer.toLowerCase(Locale.ROOT)));
    }
}
