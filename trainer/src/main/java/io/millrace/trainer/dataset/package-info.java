/**
 * What a window trains on. The window's examples, its lineage's earlier examples and the erasures
 * go in; an immutable dataset comes out, the same bytes for the same input: JSONL in OpenAI's
 * {@code messages} form and a manifest.
 */
@NullMarked
package io.millrace.trainer.dataset;

import org.jspecify.annotations.NullMarked;
