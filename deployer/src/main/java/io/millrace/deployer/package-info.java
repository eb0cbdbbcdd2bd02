/**
 * Verdicts in, the served model swapped while traffic flows. {@link
 * io.millrace.deployer.DeployerService} replays candidates, verdicts and its own deployments, takes
 * each cleared version through its rollout, writes down every step, and answers applications in
 * OpenAI's chat format. What happened is in the topics; nothing else is kept.
 */
@NullMarked
package io.millrace.deployer;

import org.jspecify.annotations.NullMarked;
