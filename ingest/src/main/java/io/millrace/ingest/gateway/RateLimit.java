package io.millrace.ingest.gateway;

/**
 * How much one caller may send.
 *
 * @param eventsPerSecond on average
 * @param burst events at once after a pause
 */
public record RateLimit(double eventsPerSecond, int burst) {

    public RateLimit {
        if (!(eventsPerSecond > 0 && eventsPerSecond <= 1e9)) {
            throw new IllegalArgumentException("events-per-second must be above 0");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("burst must be at least 1");
        }
    }
}
