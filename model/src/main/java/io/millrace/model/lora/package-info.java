/** LoRA adapters: their shape, and their files as PEFT and vLLM read them. */
@NullMarked
package io.millrace.model.lora;

import org.jspecify.annotations.NullMarked;
