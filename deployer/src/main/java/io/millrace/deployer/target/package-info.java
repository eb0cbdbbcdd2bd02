/**
 * Where models are served. A rollout talks to a {@link io.millrace.deployer.target.ServingTarget};
 * the embedded one serves from this very process.
 */
@NullMarked
package io.millrace.deployer.target;

import org.jspecify.annotations.NullMarked;
