package io.millrace.deployer.rollout;

/** How one step of a rollout went. */
public sealed interface Attempt {

    record Succeeded() implements Attempt {}

    /**
     * It did not work.
     *
     * @param reason one sentence that a person can act on
     */
    record Failed(String reason) implements Attempt {}
}
