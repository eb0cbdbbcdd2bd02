package io.millrace.ingest.importer;

import io.millrace.ingest.importer.Rows.BadRow;
import java.io.IOException;
import java.util.Optional;

/** A row of a JSON file before it has a shape. */
sealed interface RawRow {

    /** UTF-8 text, supposedly of one JSON value. */
    @SuppressWarnings("ArrayRecordComponent") // read, never compared
    record Json(long line, byte[] text) implements RawRow {}

    /** No text at all. */
    record Garbled(BadRow why) implements RawRow {}

    /** Where they come from: a file of JSON lines, or one JSON array. */
    interface Source {

        /**
         * The next row, or empty at the end.
         *
         * @throws UnreadableRestException when the file can't be read any further
         */
        Optional<RawRow> next() throws IOException;
    }
}
