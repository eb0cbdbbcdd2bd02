/** Gradient steps: response-only cross-entropy, LoRA adapters, AdamW. */
@NullMarked
package io.millrace.model.training;

import org.jspecify.annotations.NullMarked;
