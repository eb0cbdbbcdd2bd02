package io.millrace.deployer.serving;

import io.millrace.schemas.Message;
import io.millrace.schemas.Sha256;
import java.nio.file.Path;
import java.util.List;

/** What generates: a base model, and adapters that it reads. */
public interface Backend extends AutoCloseable {

    Sha256 baseDigest();

    /** Longest prompt and answer together, in tokens. */
    int contextTokens();

    /**
     * How long a prompt is.
     *
     * @throws io.millrace.model.chat.RefusedConversationException when the model's chat format has
     *     no place for it
     */
    int promptTokens(List<Message> prompt);

    /** The base model without an adapter; it closes with the backend. */
    Responder base();

    /**
     * Reads an adapter in PEFT's format.
     *
     * @throws io.millrace.model.config.ModelException when it does not fit the base model
     */
    Responder load(Path adapter);

    @Override
    void close();
}
