package io.millrace.ingest.gateway;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.helidon.http.Status;
import io.millrace.schemas.EventJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a request was refused, as a problem document (RFC 9457). Its text names fields, never what
 * they hold.
 */
record Problem(String type, String title, int status, String detail, @Nullable List<Flaw> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    /**
     * What is wrong with one field.
     *
     * @param status that it is answered with when it is the only flaw
     * @param line of an NDJSON batch, from 1
     * @param pointer a JSON pointer (RFC 6901) as a URI fragment, such as {@code #/messages/0/role}
     */
    record Flaw(@JsonIgnore int status, @Nullable Integer line, String pointer, String detail) {

        /** One that makes a bad request of it; the pointer comes without its {@code #}. */
        static Flaw of(String pointer, String detail) {
            return of(Status.BAD_REQUEST_400, pointer, detail);
        }

        static Flaw of(Status status, String pointer, String detail) {
            return new Flaw(status.code(), null, "#" + pointer, detail);
        }

        Flaw onLine(int number) {
            return new Flaw(status, number, pointer, detail);
        }

        /** The same for an object that is part of a larger one. */
        Flaw below(String base) {
            return new Flaw(status, line, "#" + base + pointer.substring(1), detail);
        }
    }

    static Problem of(Status status, String detail) {
        return new Problem("about:blank", status.reasonPhrase(), status.code(), detail, null);
    }

    /** A batch with flaws of several kinds is a bad request. */
    static Problem of(List<Flaw> flaws) {
        boolean same = flaws.stream().map(Flaw::status).distinct().count() == 1;
        Status status = same ? Status.create(flaws.getFirst().status()) : Status.BAD_REQUEST_400;
        return new Problem(
                "about:blank",
                status.reasonPhrase(),
                status.code(),
                flaws.size() == 1
                        ? flaws.getFirst().detail()
                        : flaws.size() + " events cannot be taken; none was",
                flaws);
    }

    byte[] json() {
        return EventJson.write(this);
    }
}
