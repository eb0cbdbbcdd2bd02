package io.millrace.ingest.curation;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the curation service runs.
 *
 * @param caseTimeToLive how long signals wait for their interaction, and an interaction for signals
 * @param commitInterval the longest time from an event to its visible example
 * @param stateDirectory where the state stores lie; what is lost there comes back from Kafka
 */
public record CurationConfig(
        CurationRules rules,
        Duration caseTimeToLive,
        int threads,
        Duration commitInterval,
        Path stateDirectory) {

    public CurationConfig {
        if (caseTimeToLive.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("caseTimeToLive must be at least a second");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1");
        }
        if (!commitInterval.isPositive()) {
            throw new IllegalArgumentException("commitInterval must be positive");
        }
    }

    /** One thread, a commit every 100 ms, cases that live for 30 days. */
    public static CurationConfig in(Path stateDirectory) {
        return new CurationConfig(
                CurationRules.DEFAULT,
                Duration.ofDays(30),
                1,
                Duration.ofMillis(100),
                stateDirectory);
    }

    /**
     * This with so many threads. There are tasks for one for each partition of the traffic topics,
     * and one more, for the duplicate check.
     */
    public CurationConfig with(int otherThreads) {
        return new CurationConfig(
                rules, caseTimeToLive, otherThreads, commitInterval, stateDirectory);
    }

    public CurationConfig with(CurationRules others) {
        return new CurationConfig(others, caseTimeToLive, threads, commitInterval, stateDirectory);
    }
}
