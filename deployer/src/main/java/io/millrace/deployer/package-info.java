/** Verdicts in, the served model swapped while traffic flows. */
@NullMarked
package io.millrace.deployer;

import org.jspecify.annotations.NullMarked;
