package io.millrace.deployer.serving;

import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.schemas.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use a model until closed, whatever is swapped meanwhile. */
public final class Lease implements AutoCloseable {

    private final String model;
    private final Responder responder;
    private final Runnable release;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Lease(String model, Responder responder, Runnable release) {
        this.model = model;
        this.responder = responder;
        this.release = release;
    }

    /** The exact version behind the name that was asked for, or {@code base}. */
    public String model() {
        return model;
    }

    public Generation respond(List<Message> prompt, GenerationOptions options) {
        if (!open.get()) {
            throw new IllegalStateException("the lease on " + model + " is closed");
        }
        return responder.respond(prompt, options);
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            release.run();
        }
    }
}
