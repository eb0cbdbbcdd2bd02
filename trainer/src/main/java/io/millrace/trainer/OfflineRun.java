package io.millrace.trainer;

import io.millrace.runtime.MillraceException;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.TrainingProgress;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.training.BaseModel;
import io.millrace.trainer.training.RunResult;
import io.millrace.trainer.training.RunSpec;
import io.millrace.trainer.training.SftRun;
import io.millrace.trainer.training.TrainingConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains on a dataset that no window gave, into a directory of one's own.
 *
 * @param closing asked between steps; the run is given up once it says so
 */
public record OfflineRun(
        BaseModel base, Clock clock, Consumer<TrainingProgress> listener, BooleanSupplier closing) {

    /** Stands where a window's id would. */
    private static final WindowId NO_WINDOW = new WindowId("offline");

    /**
     * Trains, and publishes the adapter.
     *
     * @param parent the adapter to go on from; a fresh one when absent
     * @param output a directory that is not there yet; it is made once the adapter is whole, and
     *     only then
     * @throws UsageException when it is there
     * @throws MillraceException when it can't be written
     */
    public RunResult train(
            Dataset dataset, @Nullable Path parent, TrainingConfig config, Path output) {
        if (Files.exists(output)) {
            throw new UsageException(output + " is there already: name a new directory");
        }
        Path whole = output.toAbsolutePath().normalize();
        Path unfinished = whole.resolveSibling(whole.getFileName() + ".part");
        try {
            Staging.delete(unfinished);
            Files.createDirectories(unfinished);
            try {
                RunSpec spec = new RunSpec(NO_WINDOW, dataset, parent, config, config.seedOf(1));
                RunResult result =
                        new SftRun(base, clock, listener, closing).train(spec, unfinished);
                if (result instanceof RunResult.Trained) {
                    Files.move(unfinished, whole, StandardCopyOption.ATOMIC_MOVE);
                }
                return result;
            } finally {
                Staging.delete(unfinished);
            }
        } catch (IOException e) {
            throw new MillraceException("%s can't be written: %s".formatted(output, e), e);
        }
    }
}
