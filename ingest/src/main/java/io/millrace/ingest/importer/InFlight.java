package io.millrace.ingest.importer;

import io.millrace.runtime.MillraceException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Demonstrations of one source that were sent and not acknowledged yet, so many and no more. */
final class InFlight {

    private static final int MOST = 10_000;

    private record Sent(long line, CompletableFuture<?> acknowledged) {}

    private final String source;
    private final IntConsumer progress;
    private final Queue<Sent> sent = new ArrayDeque<>();
    private int landed;

    /**
     * Nothing is in flight yet.
     *
     * @param progress hears how many have been acknowledged
     */
    InFlight(String source, IntConsumer progress) {
        this.source = source;
        this.progress = progress;
    }

    /** Adds one; waits for the oldest when there are too many. */
    void add(long line, CompletableFuture<?> acknowledged) {
        if (sent.size() == MOST) {
            land(sent.remove());
        }
        sent.add(new Sent(line, acknowledged));
    }

    /**
     * Waits until all are acknowledged.
     *
     * @throws MillraceException when one is not
     */
    void land() {
        while (!sent.isEmpty()) {
            land(sent.remove());
        }
    }

    private void land(Sent oldest) {
        try {
            oldest.acknowledged().join();
        } catch (CompletionException e) {
            throw new MillraceException(
                    "line %d of %s was not taken; import it again, nothing is taken twice: %s"
                            .formatted(oldest.line(), source, reason(e)),
                    e);
        }
        progress.accept(++landed);
    }

    private static @Nullable String reason(CompletionException e) {
        return e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
    }
}
