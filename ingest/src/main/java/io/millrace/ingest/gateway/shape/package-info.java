/**
 * What people send already, said in our words: an OpenAI request with its response becomes an
 * interaction, TensorZero's feedback and Langfuse's scores become feedback or a correction. Pure
 * functions from JSON to JSON, which remember where each field stood, so that a refusal can point
 * at what was sent.
 */
@NullMarked
package io.millrace.ingest.gateway.shape;

import org.jspecify.annotations.NullMarked;
