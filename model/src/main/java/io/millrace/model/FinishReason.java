package io.millrace.model;

/** Why generation ended. */
public enum FinishReason {
    /** The model said its end token. */
    STOP,
    /** The token limit or the context was reached. */
    LENGTH
}
