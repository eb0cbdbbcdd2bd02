package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Secrets that only their name gives away: {@code password: …}, {@code api_key=…}, {@code my PIN is
 * …}. A password may be any word, unless the sentence speaks about passwords; a key or a token
 * needs a digit.
 */
final class NamedSecrets {

    private static final Pattern PARAMETER =
            Pattern.compile(
                    "(?:[\\w-]{0,24}(?:token|secret|password|passwd|signature|credential)|pwd|pass|api[_-]?key|apikey|key|sig|auth"
                            + "|authorization|code|access[_-]?key|session(?:id|_id)?|sid|sas|jwt|client_secret)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern DIGITS = Pattern.compile("\\d{3,8}+(?![\\p{L}\\p{N}]|[.,]\\d)");

    /** Words between quotes, or as many as open a wallet. */
    private static final Pattern WORDS =
            Pattern.compile(
                    "(?<=[\"'])[^\\s\"'\uE000]+(?: [^\\s\"'\uE000]+){1,11}(?=[\"'])"
                            + "|[a-z]{3,8}(?: [a-z]{3,8}){11,23}+(?![a-z])");

    private static final String SQL = "IDENTIFIED BY ";

    private NamedSecrets() {}

    /** What the sign at a place, a colon or the like, assigns to the name before it. */
    static Optional<Span> assignedAt(Text text, int sign) {
        if (text.isOneOf("/=:", sign + 1)) {
            return Optional.empty();
        }
        boolean equals = text.is('=', sign);
        if (equals && isParameter(text, sign)) {
            return SecretValue.at(text, sign + 1, SecretValue.IN_URL);
        }
        if (CommandSecrets.isUserEnd(text, sign)) {
            return SecretValue.at(text, sign + 1, SecretValue.ANY);
        }
        SecretName name = SecretName.before(text, sign);
        if (name == null) {
            return Optional.empty();
        }
        return switch (name.kind()) {
            case PASSWORD ->
                    SecretValue.at(text, sign + 1, SecretValue.ANY)
                            .filter(v -> isPassword(text, sign, v));
            case KEY ->
                    SecretValue.at(text, sign + 1, SecretValue.ANY)
                            .filter(v ->
                                    SecretValue.isKey(v.identity(), equals ? 6 : 8)
                                            || SecretValue.isOpaque(
                                                    v.identity(), equals && v.start() == sign + 1));
            case PIN -> SecretValue.at(text, sign + 1, DIGITS);
            case PHRASE ->
                    phrase(text, sign + 1)
                            .or(() ->
                                    SecretValue.at(text, sign + 1, SecretValue.ANY)
                                            .filter(v -> isPassword(text, sign, v)));
        };
    }

    /** What stands behind the name before a place, or behind the verb between two places. */
    static Optional<Span> saidAt(Text text, int start, int end) {
        SecretName name = SecretName.before(text, start);
        if (name == null) {
            return Optional.empty();
        }
        boolean beside = end == start;
        return switch (name.kind()) {
            case PASSWORD ->
                    beside && name.whole() // as in "I pass 123456 bytes"
                            ? Optional.empty()
                            : SecretValue.at(text, end, SecretValue.ANY)
                                    .filter(v -> isSaid(v, beside ? 6 : 4));
            case KEY ->
                    SecretValue.at(text, end, SecretValue.ANY)
                            .filter(v -> SecretValue.isKey(v.identity(), beside ? 16 : 8));
            case PIN -> SecretValue.at(text, end, DIGITS);
            case PHRASE ->
                    phrase(text, end)
                            .or(() ->
                                    SecretValue.at(text, end, SecretValue.ANY)
                                            .filter(v -> isSaid(v, 6)));
        };
    }

    /** What stands behind its name, or below it on a line of its own. */
    static Optional<Span> besideAt(Text text, int start) {
        if (text.is(' ', start - 1)) {
            return saidAt(text, start, start);
        }
        return text.is('\n', start - 1)
                ? saidAt(text, start - 1, start).filter(v -> endsLine(text, v.end()))
                : Optional.empty();
    }

    private static boolean endsLine(Text text, int end) {
        return text.after(end, 3).chars().noneMatch(Character::isLetterOrDigit);
    }

    /** A password between quotes that open at a place. */
    static Optional<Span> quotedAt(Text text, int quote) {
        if (!text.is(' ', quote - 1)) {
            return Optional.empty();
        }
        Optional<Span> value =
                SecretValue.at(text, quote + 1, SecretValue.ANY)
                        .filter(v -> text.is(text.charAt(quote), v.end()));
        if (text.startsWith(SQL, quote - SQL.length())) {
            return value;
        }
        SecretName name = SecretName.before(text, quote);
        return name == null || name.kind() != SecretName.Kind.PASSWORD
                ? Optional.empty()
                : value.filter(v -> isPassword(text, quote, v));
    }

    private static Optional<Span> phrase(Text text, int from) {
        return SecretValue.at(text, from, WORDS)
                .filter(words -> !SecretValue.isTalk(words.identity().split(" ", 2)[0]));
    }

    private static boolean isParameter(Text text, int equals) {
        int start = equals;
        while (equals - start < 40 && (text.isWord(start - 1) || text.isOneOf("_-", start - 1))) {
            start--;
        }
        return text.isOneOf("?&", start - 1)
                && PARAMETER.matcher(text.subSequence(start, equals)).matches();
    }

    /**
     * A plain word is one only where nothing goes on behind it, or the sentence is about something
     * else.
     */
    private static boolean isPassword(Text text, int sign, Span value) {
        String word = value.identity();
        if (word.length() < 4 || SecretValue.isTalk(word) || SecretValue.isVariable(word)) {
            return false;
        }
        boolean sameLine = text.subSequence(sign, value.start()).indexOf('\n') < 0;
        int next = value.end();
        while (text.is(' ', next)) {
            next++;
        }
        return SecretValue.isMixed(word) || (sameLine && !text.isWord(next));
    }

    private static boolean isSaid(Span value, int shortest) {
        String word = value.identity();
        return word.length() >= shortest
                && !SecretValue.isTalk(word)
                && !SecretValue.isVariable(word)
                && SecretValue.isMixed(word);
    }
}
