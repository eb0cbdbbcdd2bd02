package io.millrace.ingest.importer;

import java.io.IOException;
import java.util.regex.Pattern;

/** From some line on a file can't be read any further; the message goes on after its name. */
final class UnreadableRestException extends IOException {

    private static final long serialVersionUID = 1L;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
    private static final int LONGEST_NAME = 40;

    UnreadableRestException(String message) {
        super(message);
    }

    static UnreadableRestException rowTooLong(long line) {
        return new UnreadableRestException(
                "has %s from line %d on, and cannot be read past it: is a quote or a bracket left open?"
                        .formatted(FileText.TOO_LONG, line));
    }

    /** A name out of the file as a message of one line may show it. */
    static String shown(String name) {
        String line = CONTROL.matcher(name).replaceAll(" ");
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) + "…" : line;
    }
}
