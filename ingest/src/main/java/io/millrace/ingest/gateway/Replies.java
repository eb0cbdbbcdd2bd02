package io.millrace.ingest.gateway;

import io.helidon.http.Status;
import io.millrace.schemas.Sha256;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers to requests with an {@link IdempotencyKey}, kept for a day while there is room. Only what
 * was accepted is kept: a request that was refused, or that Kafka did not acknowledge, is tried
 * anew.
 */
final class Replies {

    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** What an entry takes beside its reply, roughly. */
    private static final int ENTRY_BYTES = 400;

    private sealed interface Entry {
        Sha256 request();
    }

    private record Running(Sha256 request) implements Entry {}

    private record Answered(Sha256 request, Reply reply, Instant at) implements Entry {
        int bytes() {
            return ENTRY_BYTES + reply.json().length();
        }
    }

    private final Clock clock;
    private final long capacityBytes;
    private final Map<IdempotencyKey, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    Replies(Clock clock, long capacityBytes) {
        this.clock = clock;
        this.capacityBytes = capacityBytes;
    }

    /**
     * Answers a request once.
     *
     * @param request what it says, hashed
     * @throws RefusedException with 422 when the key came with another request before, with 409
     *     while that request is being answered
     */
    Reply once(IdempotencyKey key, Sha256 request, Supplier<Reply> answer) {
        Answered known = begin(key, request);
        if (known != null) {
            return known.reply();
        }
        try {
            Reply reply = answer.get();
            keep(key, new Answered(request, reply, clock.instant()));
            return reply;
        } catch (RuntimeException | Error e) {
            forget(key);
            throw e;
        }
    }

    private synchronized @Nullable Answered begin(IdempotencyKey key, Sha256 request) {
        expire();
        Entry entry = entries.get(key);
        if (entry == null) {
            entries.put(key, new Running(request));
            return null;
        }
        if (!entry.request().equals(request)) {
            throw new RefusedException(
                    Problem.of(
                            Status.create(422, "Unprocessable Content"),
                            "this Idempotency-Key came with another request before: take a new key"));
        }
        return switch (entry) {
            case Answered answered -> answered;
            case Running _ ->
                    throw new RefusedException(
                            Problem.of(
                                    Status.CONFLICT_409,
                                    "a request with this Idempotency-Key is being answered"),
                            RETRY,
                            1);
        };
    }

    private synchronized void keep(IdempotencyKey key, Answered answered) {
        entries.remove(key);
        entries.put(key, answered);
        bytes += answered.bytes();
        expire();
    }

    private synchronized void forget(IdempotencyKey key) {
        entries.remove(key);
    }

    /** Those that are too old, then the oldest while there is no room; answered is oldest first. */
    private void expire() {
        Instant oldest = clock.instant().minus(KEPT);
        Iterator<Entry> each = entries.values().iterator();
        while (each.hasNext()) {
            Entry entry = each.next();
            if (entry instanceof Answered answered) {
                if (bytes <= capacityBytes && !answered.at().isBefore(oldest)) {
                    return;
                }
                bytes -= answered.bytes();
                each.remove();
            }
        }
    }
}
