package io.millrace.ingest.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Ends the handling of a request with a problem document. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final @Nullable Duration retryAfter;
    private final int events;

    RefusedException(Problem problem) {
        this(problem, null, 1);
    }

    /**
     * One that may be worth trying again.
     *
     * @param retryAfter how long to wait
     * @param events that were refused, as far as they had been counted
     */
    RefusedException(Problem problem, @Nullable Duration retryAfter, int events) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
        this.retryAfter = retryAfter;
        this.events = events;
    }

    Problem problem() {
        return problem;
    }

    @Nullable Duration retryAfter() {
        return retryAfter;
    }

    int events() {
        return events;
    }
}
