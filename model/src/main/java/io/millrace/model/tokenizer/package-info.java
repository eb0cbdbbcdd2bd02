/** Byte-level BPE: text to token ids and back, and training a vocabulary from text. */
@NullMarked
package io.millrace.model.tokenizer;

import org.jspecify.annotations.NullMarked;
