package io.millrace.trainer.training;

import io.millrace.schemas.WindowId;
import io.millrace.trainer.dataset.Dataset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * All that decides what a run makes.
 *
 * @param parentAdapter the adapter to go on from; absent for the base model itself
 */
public record RunSpec(
        WindowId window,
        Dataset dataset,
        @Nullable Path parentAdapter,
        TrainingConfig config,
        long seed) {}
