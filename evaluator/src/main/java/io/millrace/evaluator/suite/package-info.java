/**
 * Examinations: cases from the stream's holdout and from suite directories in, the answers of two
 * examinees to the same cases out. What any ancestor of either was trained on is left out before.
 */
@NullMarked
package io.millrace.evaluator.suite;

import org.jspecify.annotations.NullMarked;
