/**
 * The language model: reads a Hugging Face style directory, answers conversations, trains adapters.
 * Knows nothing of Kafka.
 *
 * <p>{@link io.millrace.model.LanguageModel} is the door; {@code training} learns, {@code lora}
 * reads and writes what was learned, {@code artefact} keeps it.
 */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
