package io.millrace.ingest.curation;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.schemas.Example;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.SftExample;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Contamination, then the defence against poisoning: caps within a sliding window of curated
 * examples, and corroboration. What it remembers are counts and names, never texts.
 */
final class LastChecks implements Admission {

    /** What earlier examples left behind, as JSON by key. */
    interface Memory {
        <T> Optional<T> get(String key, Class<T> type);

        void put(String key, Object value);

        void remove(String key);
    }

    private static final String WINDOW = "window";

    /** Sequence numbers of the window's first example and of the next to come. */
    private record Window(long oldest, long next) {
        static final Window EMPTY = new Window(0, 0);
    }

    /** One example of the window. */
    private record Share(PrincipalId principal, String cluster) {}

    private record Count(int examples) {}

    private final PoisoningRules rules;
    private final Supplier<GateSuites> suites;
    private final Memory memory;

    LastChecks(PoisoningRules rules, Supplier<GateSuites> suites, Memory memory) {
        this.rules = rules;
        this.suites = suites;
        this.memory = memory;
    }

    @Override
    public Optional<Objection> admit(SftExample placed, Standing standing) {
        Example example = placed.example();
        Optional<Objection> leak =
                standing.waives(QuarantineReason.CONTAMINATED)
                        ? Optional.empty()
                        : suites.get()
                                .leak(example)
                                .map(l -> new Objection(QuarantineReason.CONTAMINATED, l.detail()));
        if (leak.isPresent() || standing.trusted() || standing.isReleased()) {
            return leak;
        }
        Window window = slide();
        Optional<Objection> objection =
                overPrincipalCap(example)
                        .or(() -> overClusterCap(example))
                        .or(() -> uncorroborated(example));
        if (objection.isEmpty()) {
            count(example, window);
        }
        return objection;
    }

    private Optional<Objection> overPrincipalCap(Example example) {
        return examples(key(example.principal())) < rules.principalCap()
                ? Optional.empty()
                : Optional.of(
                        new Objection(
                                QuarantineReason.PRINCIPAL_CAP,
                                "its principal has given %d of the last %,d curated examples, the most that one may"
                                        .formatted(rules.principalCap(), rules.window())));
    }

    private Optional<Objection> overClusterCap(Example example) {
        return examples(clusterKey(cluster(example))) < rules.clusterCap()
                ? Optional.empty()
                : Optional.of(
                        new Objection(
                                QuarantineReason.CLUSTER_CAP,
                                "%d of the last %,d curated examples say nearly the same, the most that may"
                                        .formatted(rules.clusterCap(), rules.window())));
    }

    private Optional<Objection> uncorroborated(Example example) {
        return switch (rules.corroboration()) {
            case NONE -> Optional.empty();
            case REVIEWER ->
                    Optional.of(
                            new Objection(
                                    QuarantineReason.AWAITS_REVIEW,
                                    "every example waits for a reviewer's release"));
            case SECOND_PRINCIPAL -> alone(example);
        };
    }

    private Optional<Objection> alone(Example example) {
        String statement =
                "said/%s/%s".formatted(cluster(example), Deduplication.digest(example.answer()));
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

    /** Lets go of what the window has moved past, so that there is room for one more. */
    private Window slide() {
        Window window = memory.get(WINDOW, Window.class).orElse(Window.EMPTY);
        long oldest = window.oldest();
        while (window.next() - oldest >= rules.window()) {
            String key = shareKey(oldest++);
            memory.get(key, Share.class)
                    .ifPresent(share -> {
                        add(key(share.principal()), -1);
                        add(clusterKey(share.cluster()), -1);
                    });
            memory.remove(key);
        }
        Window slid = new Window(oldest, window.next());
        if (!slid.equals(window)) {
            memory.put(WINDOW, slid);
        }
        return slid;
    }

    private void count(Example example, Window window) {
        memory.put(shareKey(window.next()), new Share(example.principal(), cluster(example)));
        memory.put(WINDOW, new Window(window.oldest(), window.next() + 1));
        add(key(example.principal()), 1);
        add(clusterKey(cluster(example)), 1);
    }

    private int examples(String key) {
        return memory.get(key, Count.class).map(Count::examples).orElse(0);
    }

    private void add(String key, int change) {
        int next = examples(key) + change;
        if (next > 0) {
            memory.put(key, new Count(next));
        } else {
            memory.remove(key);
        }
    }

    private static String cluster(Example example) {
        return String.valueOf(example.cluster());
    }

    private static String key(PrincipalId principal) {
        return "principal/" + principal.value();
    }

    private static String clusterKey(String cluster) {
        return "cluster/" + cluster;
    }

    private static String shareKey(long sequence) {
        return "share/" + sequence;
    }
}
