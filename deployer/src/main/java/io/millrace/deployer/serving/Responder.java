package io.millrace.deployer.serving;

import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.schemas.Message;
import java.util.List;

/**
 * One model that answers: the base alone, or with an adapter on it. Safe for many threads until
 * closed.
 */
public interface Responder extends AutoCloseable {

    Generation respond(List<Message> prompt, GenerationOptions options);

    @Override
    void close();
}
