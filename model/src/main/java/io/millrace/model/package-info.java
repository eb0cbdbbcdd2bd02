/** The language model: reads a Hugging Face style directory, trains LoRA adapters, generates. Knows nothing of Kafka. */
@NullMarked
package io.millrace.model;

import org.jspecify.annotations.NullMarked;
