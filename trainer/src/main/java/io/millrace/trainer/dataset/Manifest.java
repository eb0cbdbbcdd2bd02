package io.millrace.trainer.dataset;

import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;
import java.util.List;

/**
 * What a dataset was made from: enough to make it again. It carries no time, so that the same
 * window gives the same bytes.
 *
 * @param ranges the window's records, the erasures it knew of among them
 * @param replayed the windows that earlier examples were drawn from
 */
public record Manifest(
        WindowId window,
        List<OffsetRange> ranges,
        List<Source> replayed,
        double replayRatio,
        long seed,
        Counts counts,
        Sha256 datasetSha256) {

    public Manifest {
        ranges = List.copyOf(ranges);
        replayed = List.copyOf(replayed);
    }

    /** An earlier window and where its records are. */
    public record Source(WindowId window, List<OffsetRange> ranges) {

        public Source {
            ranges = List.copyOf(ranges);
        }
    }

    /** How many examples of each kind the dataset holds or leaves out. */
    public record Counts(int fresh, int replayed, int erased) {

        public static Counts of(Dataset dataset) {
            return new Counts(dataset.fresh(), dataset.replayed(), dataset.erased());
        }
    }
}
