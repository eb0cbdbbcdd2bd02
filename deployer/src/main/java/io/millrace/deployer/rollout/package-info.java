/**
 * How a judged version comes to be served, as pure decisions over events. {@link
 * io.millrace.deployer.rollout.Ledger} remembers what the topics say, {@link
 * io.millrace.deployer.rollout.Rollout} is the state machine of one version, and {@link
 * io.millrace.deployer.rollout.Clearance} the check without which no adapter can be loaded. Nothing
 * here does anything: the deployer performs what is decided.
 */
@NullMarked
package io.millrace.deployer.rollout;

import org.jspecify.annotations.NullMarked;
