package io.millrace.launcher.command;

import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C and a polite kill, heard: whoever works asks {@link #given} between two steps, ends in
 * good order and closes this; only then the process ends, with the signal's exit code (130, 143).
 */
final class StopSignal implements AutoCloseable {

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean given;

    StopSignal() {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::hear));
    }

    /** Whether the person has had enough. */
    boolean given() {
        return given;
    }

    private void hear() {
        given = true;
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
