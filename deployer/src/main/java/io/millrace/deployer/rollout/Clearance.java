package io.millrace.deployer.rollout;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Outcome;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.Verdict;

/**
 * Whether a judged adapter may be served. Promise I3 rests on this type: only judged models are.
 */
public sealed interface Clearance {

    /**
     * An adapter that may be served. Whoever holds one knows that a committed verdict passed
     * exactly this digest, for {@link Clearance#of} alone can make it.
     */
    final class Cleared implements Clearance {

        private final ModelVersion version;
        private final Sha256 adapterDigest;

        private Cleared(ModelVersion version, Sha256 adapterDigest) {
            this.version = version;
            this.adapterDigest = adapterDigest;
        }

        public ModelVersion version() {
            return version;
        }

        public Sha256 adapterDigest() {
            return adapterDigest;
        }
    }

    /**
     * The adapter may not be served.
     *
     * @param reason one sentence for the person who wonders why nothing changed
     */
    record Denied(String reason) implements Clearance {}

    /**
     * Clears an adapter when the verdict is a pass, was given on the digest that the trainer
     * published, and the adapter belongs on the base model that is served.
     */
    static Clearance of(Judged judged, Sha256 servedBase) {
        Candidate candidate = judged.candidate();
        Verdict verdict = judged.verdict();
        if (verdict.outcome() != Outcome.PASS) {
            return new Denied(
                    "the gate said %s: %s".formatted(said(verdict.outcome()), verdict.reason()));
        }
        if (!verdict.adapterDigest().equals(candidate.adapterDigest())) {
            return new Denied(
                    "the verdict is on adapter %s, the candidate is %s"
                            .formatted(
                                    verdict.adapterDigest().brief(),
                                    candidate.adapterDigest().brief()));
        }
        if (!candidate.baseDigest().equals(servedBase)) {
            return new Denied(
                    "it was trained on base model %s, and %s is served here"
                            .formatted(candidate.baseDigest().brief(), servedBase.brief()));
        }
        return new Cleared(judged.version(), candidate.adapterDigest());
    }

    private static String said(Outcome outcome) {
        return switch (outcome) {
            case PASS -> "pass";
            case FAIL -> "fail";
            case INCONCLUSIVE -> "inconclusive";
        };
    }
}
