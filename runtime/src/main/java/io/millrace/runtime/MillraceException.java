package io.millrace.runtime;

/**
 * A failure that a person has to hear of. The message is one line: what is wrong, with its name,
 * and how to put it right.
 */
public class MillraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MillraceException(String message) {
        super(message);
    }

    public MillraceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the process that dies of it returns to its shell. */
    public int exitCode() {
        return 1;
    }
}
