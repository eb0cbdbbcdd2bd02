/**
 * LoRA adapters: their shape, their files as PEFT and vLLM read them, and what becomes of a base
 * that they are merged into.
 */
@NullMarked
package io.millrace.model.lora;

import org.jspecify.annotations.NullMarked;
