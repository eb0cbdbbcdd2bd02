package io.millrace.model.artefact;

/**
 * An artefact that is missing, altered, or can't be stored; the message says which and what to do.
 */
public final class ArtefactException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ArtefactException(String message) {
        super(message);
    }

    public ArtefactException(String message, Throwable cause) {
        super(message, cause);
    }
}
