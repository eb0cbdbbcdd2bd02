package io.millrace.deployer.rollout;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Verdict;

/** A candidate and what the gate said of it. */
public record Judged(Candidate candidate, Verdict verdict) {

    public Judged {
        if (!candidate.modelVersion().equals(verdict.modelVersion())) {
            throw new IllegalArgumentException(
                    "a verdict on %s says nothing of %s"
                            .formatted(verdict.modelVersion(), candidate.modelVersion()));
        }
    }

    public ModelVersion version() {
        return candidate.modelVersion();
    }
}
