/**
 * The evaluator: candidates in, verdicts out. Challenger and champion answer the same prompts,
 * which neither was trained on; the gate compares the answers slice by slice, and the verdict says
 * pass, fail or inconclusive with everything that led to it. {@code metric}, {@code suite}, {@code
 * gate} and {@code report} know nothing of Kafka or of the model; this package brings them
 * together.
 */
@NullMarked
package io.millrace.evaluator;

import org.jspecify.annotations.NullMarked;
