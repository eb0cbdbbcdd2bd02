package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Secrets told by where they stand: in a URL, behind an HTTP scheme, in an armoured key. */
final class Secrets {

    private static final int SHORTEST_CREDENTIAL = 12;
    private static final Pattern BEGIN =
            Pattern.compile("-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----");
    private static final int LONGEST_KEY = 16_384;
    private static final int SHORTEST_LINE = 16;

    /** The authority of a URL up to its user's end. */
    private static final Pattern USER_INFO =
            Pattern.compile(
                    "[^\\s/?#@:\"'<>\\uE000]{0,128}+:[^\\s/?#@\"'<>\\uE000]{1,256}+@(?=[\\p{L}\\p{N}\\[])");

    private Secrets() {}

    /** The credentials in a URL whose {@code ://} stands at a place. */
    static Optional<Span> inUrl(Text text, int colon) {
        Matcher user = text.at(colon + 3, USER_INFO);
        return user.lookingAt() ? secret(text, colon + 3, user.end() - 1) : Optional.empty();
    }

    /** The credential behind a {@code Bearer} or {@code Basic} that ends at a place. */
    static Optional<Span> afterScheme(Text text, int schemeEnd) {
        int start = schemeEnd;
        while (text.isOneOf(" :\u00A0", start) && start - schemeEnd < 3) {
            start++;
        }
        if (start == schemeEnd) {
            return Optional.empty();
        }
        int end = start;
        boolean digit = false;
        boolean small = false;
        boolean capital = false;
        while (text.isWord(end) || text.isOneOf("._~+/-=", end)) {
            char c = text.charAt(end++);
            digit |= Text.isDigit(c);
            small |= c >= 'a' && c <= 'z';
            capital |= c >= 'A' && c <= 'Z';
        }
        while (end > start && text.is('.', end - 1)) {
            end--;
        }
        boolean random = digit || (small && capital && end - start >= 2 * SHORTEST_CREDENTIAL);
        return end - start >= SHORTEST_CREDENTIAL && random
                ? secret(text, start, end)
                : Optional.empty();
    }

    /** The private key (RFC 7468) that begins at a place, with its end or what is there of it. */
    static Optional<Span> privateKeyAt(Text text, int start) {
        Matcher begin = text.at(start, BEGIN);
        if (!begin.lookingAt()) {
            return Optional.empty();
        }
        int limit = Math.min(text.length(), begin.end() + LONGEST_KEY);
        for (int place = begin.end(); place < limit; place++) {
            if (text.is('-', place) && text.startsWith("-----", place)) {
                return secret(text, start, armourEnd(text, begin.end(), place));
            }
        }
        return secret(text, start, bodyEnd(text, begin.end()));
    }

    private static int armourEnd(Text text, int body, int line) {
        if (!text.startsWith("-----END ", line)) {
            return bodyEnd(text, body);
        }
        int end = line + 5;
        while (end < text.length() && end - line < 80 && !text.is('-', end)) {
            end++;
        }
        while (text.is('-', end)) {
            end++;
        }
        return end;
    }

    /** Where lines of base64 end. */
    private static int bodyEnd(Text text, int body) {
        int end = body;
        while (true) {
            int line = end;
            while (text.isOneOf(" \r\n\t", line) || text.startsWith("\\n", line)) {
                line += text.is('\\', line) ? 2 : 1;
            }
            int place = line;
            while (text.isWord(place) || text.isOneOf("+/=", place)) {
                place++;
            }
            if (place - line < SHORTEST_LINE) {
                return end;
            }
            end = place;
        }
    }

    private static Optional<Span> secret(Text text, int start, int end) {
        return Optional.of(new Span(PersonalData.SECRET, text.subSequence(start, end), start, end));
    }
}
