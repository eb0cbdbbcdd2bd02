package io.millrace.launcher.evaluator;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentId;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.Message;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import io.millrace.schemas.WindowId;
import io.millrace.schemas.WindowOutcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the others file for the evaluator: examples, candidates with their windows, deployments. */
final class Filings {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private Filings() {}

    static Example example(String id, String prompt) {
        return new Example(
                new ExampleId(id),
                ExampleSource.DEMONSTRATION,
                "d-" + id,
                new PrincipalId("p"),
                List.of(Message.user(prompt)),
                "right",
                List.of("old"),
                null,
                0);
    }

    static Candidate candidate(String version, @Nullable String parent, String... lineage) {
        return new Candidate(
                new ModelVersion(version),
                new WindowId(lineage[lineage.length - 1]),
                "base",
                sha("base"),
                sha(version),
                "artefacts/" + version,
                parent == null ? null : new ModelVersion(parent),
                Stream.of(lineage).map(WindowId::new).toList(),
                sha("dataset"),
                sha("config"),
                1,
                0.5,
                List.of(2.0, 1.0, 0.5),
                NOW);
    }

    static TrainingWindow window(Candidate candidate, List<OffsetRange> ranges) {
        return new TrainingWindow(
                candidate.windowId(),
                candidate.lineage().size(),
                new TriggerId("t-" + candidate.windowId()),
                ranges,
                WindowOutcome.CANDIDATE,
                1,
                0,
                List.of(),
                candidate.datasetSha256(),
                candidate.configSha256(),
                "",
                1,
                candidate.baseDigest(),
                candidate.parent(),
                null,
                candidate.modelVersion(),
                candidate.adapterDigest(),
                null,
                NOW);
    }

    static Deployment live(String version) {
        return new Deployment(
                new DeploymentId("d-" + version),
                new ModelVersion(version),
                sha(version),
                DeploymentState.LIVE,
                "millrace",
                null,
                "passed",
                NOW);
    }

    private static Sha256 sha(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
