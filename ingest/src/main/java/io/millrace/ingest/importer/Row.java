package io.millrace.ingest.importer;

import java.util.List;

/** One row of a data set. */
public sealed interface Row permits Row.Usable, Rows.BadRow {

    /** Where it starts in its file, from 1; in an unzipped one when the file is gzip. */
    long line();

    /**
     * A row that teaches something.
     *
     * @param examples one, or one for each answer of a conversation
     */
    record Usable(long line, List<LabelledExample> examples) implements Row {

        public Usable {
            examples = List.copyOf(examples);
            if (examples.isEmpty()) {
                throw new IllegalArgumentException("a usable row has an example");
            }
        }
    }
}
