package io.millrace.deployer;

import io.millrace.deployer.rollout.Clearance;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.deployer.rollout.Judged;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentId;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Verdict;
import io.millrace.schemas.WindowId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Candidates and verdicts as the topics carry them, complete but for what a test is about. */
public final class Examples {

    public static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    public static final Sha256 BASE = digest("base model");

    private Examples() {}

    public static Sha256 digest(String of) {
        return Sha256.of(of.getBytes(StandardCharsets.UTF_8));
    }

    public static ModelVersion version(String name) {
        return new ModelVersion(name);
    }

    /** A candidate whose adapter's digest is that of its name. */
    public static Candidate candidate(String version) {
        return candidate(version, digest(version), BASE);
    }

    public static Candidate candidate(String version, Sha256 adapter, Sha256 base) {
        WindowId window = new WindowId("window-of-" + version);
        return new Candidate(
                version(version),
                window,
                "base",
                base,
                adapter,
                "sha256/" + adapter,
                null,
                List.of(window),
                digest("dataset"),
                digest("config"),
                7,
                0.5,
                List.of(1.0, 0.5),
                NOON);
    }

    /** A pass against a champion; null for the bare base. */
    public static Verdict pass(String version, @Nullable String champion) {
        return verdict(version, digest(version), Outcome.PASS, champion);
    }

    public static Verdict verdict(
            String version, Sha256 adapter, Outcome outcome, @Nullable String champion) {
        return new Verdict(
                version(version),
                adapter,
                champion == null ? null : version(champion),
                outcome,
                "because",
                List.of(),
                digest("policy"),
                digest("suite"),
                List.of(),
                7,
                null,
                NOON);
    }

    public static Deployment deployment(String version, DeploymentState state) {
        return new Deployment(
                new DeploymentId("d-" + version),
                version(version),
                digest(version),
                state,
                "millrace",
                null,
                "because",
                NOON);
    }

    /** An adapter cleared as any is: by a pass on its digest. */
    public static Cleared cleared(String version, Sha256 adapter) {
        Judged judged =
                new Judged(
                        candidate(version, adapter, BASE),
                        verdict(version, adapter, Outcome.PASS, null));
        if (Clearance.of(judged, BASE) instanceof Cleared cleared) {
            return cleared;
        }
        throw new AssertionError("a pass clears");
    }
}
