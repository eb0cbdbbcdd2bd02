package io.millrace.model.chat;

import io.millrace.model.config.ModelException;

/** A conversation that the model's chat format has no place for; the message says which turn. */
public final class RefusedConversationException extends ModelException {

    private static final long serialVersionUID = 1L;

    public RefusedConversationException(String reason) {
        super(reason);
    }
}
