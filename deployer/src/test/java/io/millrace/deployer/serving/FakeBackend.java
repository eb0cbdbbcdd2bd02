package io.millrace.deployer.serving;

import io.millrace.deployer.Examples;
import io.millrace.model.FinishReason;
import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.chat.RefusedConversationException;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import io.millrace.schemas.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend whose tokens are words. An adapter is a folder with a file {@code answer}, which is
 * what it says; one that says {@code !broken} throws. It refuses conversations that the assistant
 * begins. Asking a closed model is an error, as it is of a real one.
 */
public final class FakeBackend implements Backend {

    /** Longest prompt and answer together, in words. */
    static final int CONTEXT = 12;

    /** Options of the latest call. */
    final Map<String, GenerationOptions> asked = new ConcurrentHashMap<>();

    final AtomicInteger open = new AtomicInteger();
    volatile Runnable beforeAnswer = () -> {};

    @Override
    public Sha256 baseDigest() {
        return Examples.BASE;
    }

    @Override
    public int contextTokens() {
        return CONTEXT;
    }

    @Override
    public int promptTokens(List<Message> prompt) {
        if (prompt.getFirst().role() == Role.ASSISTANT) {
            throw new RefusedConversationException("messages[0]: the user begins");
        }
        return prompt.stream().mapToInt(m -> m.content().split("\\s+").length).sum();
    }

    @Override
    public Responder base() {
        return new Parrot("I am the base.");
    }

    @Override
    public Responder load(Path adapter) {
        try {
            open.incrementAndGet();
            return new Parrot(Files.readString(adapter.resolve("answer")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {}

    private final class Parrot implements Responder {

        private final String answer;
        private volatile boolean closed;

        Parrot(String answer) {
            this.answer = answer;
        }

        @Override
        public Generation respond(List<Message> prompt, GenerationOptions options) {
            requireOpen();
            asked.put("options", options);
            beforeAnswer.run();
            Thread.onSpinWait();
            requireOpen();
            if (answer.equals("!broken")) {
                throw new IllegalStateException("broken");
            }
            return new Generation(
                    answer, promptTokens(prompt), answer.split("\\s+").length, FinishReason.STOP);
        }

        private void requireOpen() {
            if (closed) {
                throw new IllegalStateException("asked a closed model");
            }
        }

        @Override
        public void close() {
            requireOpen();
            closed = true;
            open.decrementAndGet();
        }
    }
}
