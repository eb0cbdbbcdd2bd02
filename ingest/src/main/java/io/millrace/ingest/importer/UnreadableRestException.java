package io.millrace.ingest.importer;

import java.io.IOException;

/** From some line on a file can't be read any further; the message goes on after its name. */
final class UnreadableRestException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableRestException(String message) {
        super(message);
    }

    static UnreadableRestException rowTooLong(long line) {
        return new UnreadableRestException(
                "has %s from line %d on, and cannot be read past it: is a quote or a bracket left open?"
                        .formatted(FileText.TOO_LONG, line));
    }
}
