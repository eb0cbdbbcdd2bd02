package io.millrace.deployer.rollout;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Verdict;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the control topics have said so far. Only {@code replay} changes it, on restart as in
 * operation; candidates and verdicts may come in any order between each other. Not safe for
 * threads.
 */
public final class Ledger {

    private final Map<ModelVersion, Candidate> candidates = new HashMap<>();
    private final Map<ModelVersion, Verdict> verdicts = new LinkedHashMap<>();
    private final Map<ModelVersion, Deployment> deployments = new HashMap<>();
    private @Nullable Deployment live;
    private int swaps;

    public void replay(Candidate candidate) {
        candidates.put(candidate.modelVersion(), candidate);
    }

    public void replay(Verdict verdict) {
        verdicts.put(verdict.modelVersion(), verdict);
    }

    public void replay(Deployment deployment) {
        deployments.put(deployment.modelVersion(), deployment);
        switch (deployment.state()) {
            case LIVE -> {
                live = deployment;
                swaps++;
            }
            case RETIRED, ROLLED_BACK -> {
                if (live != null && live.modelVersion().equals(deployment.modelVersion())) {
                    live = null;
                }
            }
            case REFUSED -> {}
        }
    }

    /** The deployment that answers traffic; empty while that is the bare base model. */
    public Optional<Deployment> live() {
        return Optional.ofNullable(live);
    }

    /** How often the alias has moved. */
    public int swaps() {
        return swaps;
    }

    /** The version judged first of those whose rollout has not ended yet. */
    public Optional<Judged> waiting() {
        return verdicts.keySet().stream()
                .filter(version -> !deployments.containsKey(version))
                .flatMap(version -> judged(version).stream())
                .findFirst();
    }

    /** A version's candidate and verdict, once both are known. */
    public Optional<Judged> judged(ModelVersion version) {
        Candidate candidate = candidates.get(version);
        Verdict verdict = verdicts.get(version);
        return candidate == null || verdict == null
                ? Optional.empty()
                : Optional.of(new Judged(candidate, verdict));
    }
}
