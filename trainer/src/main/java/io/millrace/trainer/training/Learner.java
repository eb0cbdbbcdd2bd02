package io.millrace.trainer.training;

import io.millrace.model.chat.Tokens;
import io.millrace.model.training.StepResult;
import java.nio.file.Path;
import java.util.List;

/** An adapter while it learns. The same batches and rates give the same bytes. */
public interface Learner extends AutoCloseable {

    /** One optimiser step. */
    StepResult step(List<Tokens> batch, double learningRate);

    /** Takes the adapter as it is now into the mean that is saved. */
    void average();

    /**
     * Writes the mean of what was averaged, or the adapter as it is where nothing was, with the
     * parent's share mixed in, in PEFT's format into an existing directory.
     */
    void save(Path directory);

    @Override
    void close();
}
