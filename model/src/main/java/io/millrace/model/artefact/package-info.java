/**
 * Immutable directories named by the digest of what they hold: datasets and adapters go in,
 * verified copies come out.
 */
@NullMarked
package io.millrace.model.artefact;

import org.jspecify.annotations.NullMarked;
