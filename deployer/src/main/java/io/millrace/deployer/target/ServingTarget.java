package io.millrace.deployer.target;

import io.millrace.deployer.rollout.Attempt;
import io.millrace.deployer.rollout.Clearance.Cleared;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Sha256;
import java.util.Optional;

/**
 * A place where models answer traffic. A version is loaded beside the live one, tested, and then
 * the alias moves to it; requests in flight finish on the version they started with.
 */
public interface ServingTarget {

    /** The base model that adapters go on here. */
    Sha256 baseDigest();

    /** Reads a cleared adapter after verifying its digest. Traffic does not see it yet. */
    Attempt load(Cleared adapter);

    /** Has a loaded version answer a fixed prompt; one that can't is unloaded again. */
    Attempt smokeTest(ModelVersion version);

    /** Moves the alias to a loaded version and lets the one before go once nobody uses it. */
    Attempt flip(ModelVersion version);

    /**
     * Points the alias at the bare base model, which an operator chose and no verdict speaks of.
     */
    void startWithBase();

    /** The version behind the alias; empty while that is the base model or nothing yet. */
    Optional<ModelVersion> live();
}
