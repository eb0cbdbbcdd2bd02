package io.millrace.evaluator;

import io.millrace.evaluator.metric.ExactMatch;
import io.millrace.evaluator.suite.Examination;
import io.millrace.evaluator.suite.SuiteCase;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Message;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Candidates and examinations for tests. */
public final class Fixtures {

    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private Fixtures() {}

    /** A candidate whose own window is the last of its lineage. */
    public static Candidate candidate(String version, @Nullable String parent, String... lineage) {
        return new Candidate(
                new ModelVersion(version),
                new WindowId(lineage[lineage.length - 1]),
                "base",
                sha("base"),
                sha(version),
                "artefacts/" + version,
                parent == null ? null : new ModelVersion(parent),
                Stream.of(lineage).map(WindowId::new).toList(),
                sha("dataset of " + version),
                sha("config"),
                7,
                0.2,
                List.of(3.0, 2.1, 1.4, 0.9, 0.55, 0.31, 0.22),
                NOW);
    }

    public static Sha256 sha(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Old questions {@code old-0…} with answer {@code right}, then new ones. */
    public static Examination examination(int old, int fresh) {
        List<SuiteCase> cases = new ArrayList<>();
        for (int i = 0; i < old + fresh; i++) {
            String tag = i < old ? "old" : "new";
            String id = tag + "-" + (i < old ? i : i - old);
            cases.add(
                    new SuiteCase(
                            id,
                            List.of(Message.user(id)),
                            List.of("right"),
                            List.of(tag),
                            new ExactMatch()));
        }
        return new Examination(
                cases,
                List.of(new OffsetRange("t.instructions.holdout.v1", 0, 0, old + fresh)),
                2,
                1);
    }
}
