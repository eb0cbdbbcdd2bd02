package io.millrace.ingest.importer;

/**
 * How far an import has come.
 *
 * @param rows that were read, good and bad
 * @param published demonstrations sent, and acknowledged when the import is done; a conversation
 *     makes several
 * @param duplicates demonstrations that were in the topic already, or earlier in the file
 * @param rejected rows that cannot be used
 */
public record ImportCount(long rows, long published, long duplicates, long rejected) {

    /** Before the first row. */
    public static final ImportCount NOTHING = new ImportCount(0, 0, 0, 0);
}
