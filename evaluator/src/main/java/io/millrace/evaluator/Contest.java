package io.millrace.evaluator;

import io.millrace.schemas.Candidate;
import io.millrace.schemas.TrainingWindow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a challenger has to beat, and what must not be asked.
 *
 * @param champion null for the bare base
 * @param lineage every window that either of the two learnt from
 */
record Contest(@Nullable Candidate champion, List<TrainingWindow> lineage) {

    Contest {
        lineage = List.copyOf(lineage);
    }
}
