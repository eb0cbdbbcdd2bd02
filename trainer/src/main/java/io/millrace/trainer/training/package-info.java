/**
 * Supervised fine-tuning. A dataset and a configuration go in; gradient steps, progress and an
 * adapter come out. The adapter's bytes depend on recorded facts alone: dataset, configuration,
 * seed, base and parent.
 */
@NullMarked
package io.millrace.trainer.training;

import org.jspecify.annotations.NullMarked;
