package io.millrace.model.config;

/**
 * A model directory or adapter that can't be used; the message names the file and the fix in one
 * line.
 */
public class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
