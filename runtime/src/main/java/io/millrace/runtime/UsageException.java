package io.millrace.runtime;

/**
 * A failure that the person can repair on the command line: an option, a file's name, a file's
 * content.
 */
public final class UsageException extends MillraceException {

    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public int exitCode() {
        return 2;
    }
}
