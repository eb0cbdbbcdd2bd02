/**
 * Makes the base model that the project ships: WordNet's words and glosses, and prose and desk
 * messages that the project wrote, in; a tokenizer and a small decoder's weights out.
 */
@NullMarked
package io.millrace.trainer.pretraining;

import org.jspecify.annotations.NullMarked;
