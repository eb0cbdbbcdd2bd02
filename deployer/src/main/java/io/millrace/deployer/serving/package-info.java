/**
 * The data plane: OpenAI-compatible HTTP in, answers of the live model out, each answer as an
 * interaction into Kafka. {@link io.millrace.deployer.serving.LiveModels} says which model answers
 * which name and lets requests finish on the adapter they started with.
 */
@NullMarked
package io.millrace.deployer.serving;

import org.jspecify.annotations.NullMarked;
