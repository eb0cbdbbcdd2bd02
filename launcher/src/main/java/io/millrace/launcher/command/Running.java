package io.millrace.launcher.command;

import io.millrace.launcher.platform.Platform;
import io.millrace.runtime.MillraceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A platform in the foreground. Ctrl-C and a polite kill close it before the process ends: with
 * exit code 0 when it had nothing to do but run, with the signal's (130, 143) when it was cut
 * short; a service that died ends it with a failure.
 */
final class Running implements AutoCloseable {

    private static final Duration GLANCE = Duration.ofSeconds(1);

    private final Platform platform;
    private final Thread owner = Thread.currentThread();
    private volatile boolean waiting;
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("stop").unstarted(this::stop);

    Running(Platform platform) {
        this.platform = platform;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    Platform platform() {
        return platform;
    }

    /** Returns when the person has had enough. */
    int untilStopped() {
        waiting = true;
        try {
            while (!told.await(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                Optional<String> dead = platform.dead();
                if (dead.isPresent()) {
                    throw new MillraceException(
                            "the %s has died, so everything stops: the log says why"
                                    .formatted(dead.get()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    @Override
    public void close() {
        Thread.interrupted(); // closing must not be cut short
        try {
            platform.close();
        } finally {
            closed.countDown();
        }
    }

    /**
     * A JVM that a signal ends returns the signal's number; one that only waited for it has done
     * what it was told to. After {@link #close} the process ends by itself, with its own exit code.
     */
    private void stop() {
        if (closed.getCount() == 0) {
            return;
        }
        told.countDown();
        if (!waiting) { // whatever it does instead is given up
            owner.interrupt();
        }
        try {
            closed.await();
            if (waiting) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
