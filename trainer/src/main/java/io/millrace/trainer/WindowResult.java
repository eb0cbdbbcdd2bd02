package io.millrace.trainer;

import io.millrace.schemas.WindowOutcome;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.training.RunResult;
import org.jspecify.annotations.Nullable;

/** What a window's run came to. */
sealed interface WindowResult {

    /** Dataset and adapter are written, ready to be published. */
    record Trained(Dataset dataset, RunResult.Trained run) implements WindowResult {}

    /**
     * There is no adapter; the window is used up all the same.
     *
     * @param dataset what it failed on; absent when there was nothing to learn from
     */
    record Fruitless(WindowOutcome outcome, String reason, @Nullable Dataset dataset)
            implements WindowResult {}

    /** The service is closing: the window was never cut. */
    record Abandoned() implements WindowResult {}
}
