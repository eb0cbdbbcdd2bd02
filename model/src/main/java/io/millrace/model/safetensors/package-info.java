/**
 * Named tensors in Hugging Face's safetensors file format, read strictly and written byte for byte
 * the same each time.
 */
@NullMarked
package io.millrace.model.safetensors;

import org.jspecify.annotations.NullMarked;
