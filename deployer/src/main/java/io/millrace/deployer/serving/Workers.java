package io.millrace.deployer.serving;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The threads that generate, and the queue before them. They are platform threads: native code
 * would pin the carriers of virtual ones. A full queue says no at once.
 */
final class Workers implements AutoCloseable {

    private static final int CLOSE_PATIENCE_SECONDS = 10;

    private final ThreadPoolExecutor threads;

    Workers(int concurrency, int queueLimit) {
        this.threads =
                new ThreadPoolExecutor(
                        concurrency,
                        concurrency,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(queueLimit),
                        Thread.ofPlatform().name("answer-", 0).daemon().factory());
    }

    /**
     * Runs a task on one of the threads and waits until it has ended.
     *
     * @throws ApiError when the queue is full, or when this closes before the task's turn
     */
    <T> T run(Supplier<T> task) {
        Future<T> result;
        try {
            result = threads.submit(task::get);
        } catch (RejectedExecutionException e) {
            throw ApiError.overloaded();
        }
        try {
            return await(result);
        } catch (CancellationException e) {
            throw ApiError.notReady();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    /** Waits through interrupts: the task uses what its caller frees afterwards. */
    private static <T> T await(Future<T> result) throws ExecutionException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Finishes what was taken on, within reason. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (threads.awaitTermination(CLOSE_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(false));
    }
}
