package io.millrace.ingest.gateway;

import io.millrace.schemas.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client calls a request, so that sending it again does nothing more
 * (draft-ietf-httpapi-idempotency-key-header).
 *
 * @param scope whose key it is and what it was sent to: the same key elsewhere is another one
 */
record IdempotencyKey(String scope, String value) {

    static final String HEADER = "Idempotency-Key";

    /** A structured field's string (RFC 8941); quotes may be left out. */
    private static final Pattern TEXT =
            Pattern.compile("\"([ -!#-\\[\\]-~]{1,255})\"|([!-~&&[^\"\\\\]]{1,255})");

    /** Reads the header's value; empty when it is not one. */
    static Optional<IdempotencyKey> parse(String scope, String header) {
        Matcher text = TEXT.matcher(header.strip());
        if (!text.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new IdempotencyKey(scope, text.group(1) == null ? text.group(2) : text.group(1)));
    }

    /**
     * The name of the event at a place of the request. Every instance of the gateway makes the same
     * one, so that curation drops what a retry wrote twice.
     */
    String idOf(int number) {
        String name = scope + "\n" + value + "\n" + number;
        Sha256 hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
        return UUID.nameUUIDFromBytes(hash.toString().getBytes(StandardCharsets.UTF_8)).toString();
    }
}
