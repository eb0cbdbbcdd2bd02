package io.millrace.launcher.bench;

import io.millrace.runtime.MillraceException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Closed-loop load: each connection sends its next request when it has the last one's answer.
 *
 * @param requests that the connections send in turn
 * @param eventsPerRequest counted for each answer
 */
record Load(int port, int connections, List<byte[]> requests, int eventsPerRequest) {

    /**
     * What came of it.
     *
     * @param latencies of the requests, in nanoseconds, sorted
     */
    record Result(double eventsPerSecond, List<Long> latencies) {

        double percentileMillis(double share) {
            int at = (int) Math.ceil(share * latencies.size()) - 1;
            return latencies.get(Math.max(0, at)) / 1e6;
        }
    }

    /**
     * Sends for a while.
     *
     * @throws MillraceException when an answer is not 202
     */
    Result run(Duration length) {
        long start = System.nanoTime();
        long end = start + length.toNanos();
        List<Long> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<long[]>> running = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int first = i;
                running.add(threads.submit(() -> send(first, end)));
            }
            for (Future<long[]> each : running) {
                Arrays.stream(each.get()).forEach(all::add);
            }
        } catch (ExecutionException e) {
            throw new MillraceException("the load stopped: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("the load was interrupted", e);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        all.sort(null);
        return new Result(all.size() * eventsPerRequest / seconds, all);
    }

    private long[] send(int first, long end) throws IOException {
        long[] latencies = new long[1_024];
        int count = 0;
        try (KeptConnection connection = new KeptConnection(port)) {
            for (int next = first; System.nanoTime() < end; next += connections) {
                long sent = System.nanoTime();
                int status = connection.exchange(requests.get(next % requests.size()));
                if (status != 202) {
                    throw new IOException("the gateway answered " + status);
                }
                if (count == latencies.length) {
                    latencies = Arrays.copyOf(latencies, 2 * count);
                }
                latencies[count++] = System.nanoTime() - sent;
            }
        }
        return Arrays.copyOf(latencies, count);
    }
}
