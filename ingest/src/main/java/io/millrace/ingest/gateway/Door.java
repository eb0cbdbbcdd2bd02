package io.millrace.ingest.gateway;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.millrace.ingest.gateway.access.Admission.Admitted;
import io.millrace.ingest.gateway.access.Admission.Denied;
import io.millrace.ingest.gateway.access.Admission.Undecided;
import io.millrace.ingest.gateway.access.Caller;
import io.millrace.ingest.gateway.access.Caller.Anonymous;
import io.millrace.ingest.gateway.access.Caller.Member;
import io.millrace.ingest.gateway.access.Guard;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Lets a request in or not, before its body is read. */
record Door(Guard guard, @Nullable RateLimiter rates) {

    private static final Duration RETRY = Duration.ofSeconds(1);

    /**
     * Who sends it.
     *
     * @throws RefusedException with 401, 403 or 429
     */
    Caller admit(ServerRequest request, Endpoint<?> endpoint) {
        Caller caller =
                switch (guard.admit(request.headers().first(HeaderNames.AUTHORIZATION))) {
                    case Admitted(Caller known) -> known;
                    case Denied(String reason) ->
                            throw new RefusedException(Problem.of(Status.UNAUTHORIZED_401, reason));
                    case Undecided(String reason) ->
                            throw new RefusedException(
                                    Problem.of(Status.SERVICE_UNAVAILABLE_503, reason), RETRY, 1);
                };
        if (!caller.may(endpoint.name())) {
            throw new RefusedException(
                    Problem.of(
                            Status.FORBIDDEN_403,
                            "the credentials are not good for " + endpoint.path()));
        }
        Duration wait = rates == null ? Duration.ZERO : rates.admit(name(caller, request));
        if (wait.isPositive()) {
            throw new RefusedException(
                    Problem.of(
                            Status.TOO_MANY_REQUESTS_429,
                            "you have sent more events than your share: wait and send it again"),
                    wait,
                    1);
        }
        return caller;
    }

    /** Counts the events of a request behind the first. */
    void charge(ServerRequest request, Caller caller, int events) {
        if (rates != null && events > 1) {
            rates.charge(name(caller, request), events - 1);
        }
    }

    /** A tenant shares one bucket; without tenants each address has its own. */
    private static String name(Caller caller, ServerRequest request) {
        return switch (caller) {
            case Anonymous _ -> "from " + request.remotePeer().host();
            case Member member -> "of " + member.tenant();
        };
    }
}
