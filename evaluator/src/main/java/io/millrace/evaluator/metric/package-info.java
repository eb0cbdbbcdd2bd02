/**
 * Graders: an answer and its references in, a score from 0 to 1 out. Pure functions, each named as
 * a suite names it.
 */
@NullMarked
package io.millrace.evaluator.metric;

import org.jspecify.annotations.NullMarked;
