/**
 * The decoder: its weights by name, its program as TorchScript, its forward pass with a KV cache.
 */
@NullMarked
package io.millrace.model.decoder;

import org.jspecify.annotations.NullMarked;
