package io.millrace.ingest.gateway;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each caller. How many events a request holds is only known once it is read, so
 * it is let in on one token and pays for the rest afterwards; a caller in debt waits.
 */
final class RateLimiter {

    /** Callers remembered; the one that was silent longest starts anew. */
    private static final int CALLERS = 10_000;

    private record Bucket(double tokens, Instant at) {}

    private final RateLimit limit;
    private final Clock clock;
    private final Map<String, Bucket> buckets =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
                    return size() > CALLERS;
                }
            };

    RateLimiter(RateLimit limit, Clock clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** Takes one token, or says how long the caller must wait for it; zero when it was taken. */
    synchronized Duration admit(String caller) {
        Bucket bucket = filled(caller);
        if (bucket.tokens() < 1) {
            buckets.put(caller, bucket);
            double seconds = (1 - bucket.tokens()) / limit.eventsPerSecond();
            return Duration.ofMillis((long) Math.ceil(seconds * 1000));
        }
        buckets.put(caller, new Bucket(bucket.tokens() - 1, bucket.at()));
        return Duration.ZERO;
    }

    /** Takes tokens for the events behind the first, even those that are not there yet. */
    synchronized void charge(String caller, int more) {
        Bucket bucket = filled(caller);
        buckets.put(caller, new Bucket(bucket.tokens() - more, bucket.at()));
    }

    private Bucket filled(String caller) {
        Instant now = clock.instant();
        Bucket bucket = buckets.get(caller);
        if (bucket == null) {
            return new Bucket(limit.burst(), now);
        }
        double seconds = Math.max(0, Duration.between(bucket.at(), now).toNanos() / 1e9);
        return new Bucket(
                Math.min(limit.burst(), bucket.tokens() + seconds * limit.eventsPerSecond()), now);
    }
}
