package io.millrace.trainer.dataset;

import io.millrace.schemas.Example;
import io.millrace.schemas.WindowId;
import java.util.List;

/**
 * The curated examples in one window's ranges.
 *
 * @param examples in the order of the log; revisions of one example are on one partition and thus
 *     in order
 */
public record WindowExamples(WindowId window, List<Example> examples) {

    public WindowExamples {
        examples = List.copyOf(examples);
    }
}
