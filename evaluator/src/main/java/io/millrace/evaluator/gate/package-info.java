/**
 * The gate: a policy and two examinees' scores on the same cases in, one of three outcomes with its
 * reasons out. Pure functions; the same policy and scores give the same decision, to the last
 * digit.
 */
@NullMarked
package io.millrace.evaluator.gate;

import org.jspecify.annotations.NullMarked;
