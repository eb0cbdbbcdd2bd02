package io.millrace.ingest.importer;

import java.io.IOException;
import java.util.Optional;

/** Rows of one file, one after the other. */
interface RowSource {

    /**
     * The next row, or empty at the end.
     *
     * @throws UnreadableRestException when the file can't be read any further
     */
    Optional<Row> next() throws IOException;
}
