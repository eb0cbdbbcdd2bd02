package io.millrace.ingest.gateway;

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
     * @param line of a batch, from 1
     * @param pointer a JSON pointer (RFC 6901) as a URI fragment, such as {@code #/messages/0/role}
     */
    record Flaw(@Nullable Integer line, String pointer, String detail) {

        Flaw onLine(int number) {
            return new Flaw(number, pointer, detail);
        }
    }

    static Problem of(Status status, String detail) {
        return new Problem("about:blank", status.reasonPhrase(), status.code(), detail, null);
    }

    static Problem of(List<Flaw> flaws) {
        Status status = Status.BAD_REQUEST_400;
        return new Problem(
                "about:blank",
                status.reasonPhrase(),
                status.code(),
                flaws.size() == 1
                        ? flaws.getFirst().detail()
                        : flaws.size() + " lines cannot be taken; none was",
                flaws);
    }

    byte[] json() {
        return EventJson.write(this);
    }
}
