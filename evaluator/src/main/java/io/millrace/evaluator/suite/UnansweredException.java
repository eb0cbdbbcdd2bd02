package io.millrace.evaluator.suite;

import io.millrace.runtime.MillraceException;

/**
 * An examinee did not get through its examination, so nothing can be said of it; another sitting
 * may go better.
 */
public final class UnansweredException extends MillraceException {

    private static final long serialVersionUID = 1L;

    public UnansweredException(String message) {
        super(message);
    }

    public UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
