package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that only their name gives away: {@code password: …}, {@code api_key=…}, {@code my PIN is
 * …}. A password may be any word, unless the sentence speaks about passwords; a key or a token
 * needs a digit.
 */
final class NamedSecrets {

    private static final int RANDOM = 20;
    private static final Pattern PARAMETER =
            Pattern.compile(
                    "(?:[\\w-]{0,24}(?:token|secret|password|passwd|signature|credential)|pwd|pass|api[_-]?key|apikey|key|sig|auth"
                            + "|authorization|code|access[_-]?key|session(?:id|_id)?|sid|sas|jwt|client_secret)",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY = Pattern.compile("[^\\s\"'`,;<>\\\\\\uE000]{4,256}+");
    private static final Pattern IN_URL = Pattern.compile("[^\\s&#;\"'<>)\\]\\uE000]{6,1024}+");
    private static final Pattern DIGITS = Pattern.compile("\\d{3,8}+(?![\\p{L}\\p{N}]|[.,]\\d)");

    /** What follows the word where a sentence speaks about a password instead of telling it. */
    private static final Pattern TALK =
            Pattern.compile(
                    "(?:must|should|need\\w*|reset\\w*|incorrect|wrong|invalid|required|forgot\\w*|expired|change\\w*|please|what|when"
                            + "|where|which|this|that|there|they|your|with|from|minimum|least|between|only|never|always|cannot|can't"
                            + "|doesn't|does|didn't|have|help|link|field|error|failed|none|null|true|false|undefined|empty|hidden"
                            + "|string|optional|vergessen|falsch|ungültig|mindestens|bitte|oublié|incorrecte?|olvidada|incorrecta"
                            + "|still|keeps|says|same|every|after|before|because|again|also|just|will|would|could|been|both|than"
                            + "|then|them|tried|very|some|more|most|case|letters?|characters?|numbers?|manager|policy|page|login"
                            + "|log|email|e-mail|user|username|account|redacted|removed|masked|secret|weak|strong|unknown|yes"
                            + "|short|long|\\S*\\(.*)[.!?:)]*",
                    Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private static final Pattern VARIABLE =
            Pattern.compile(
                    "[$%{(\\[<].*|\\*+|•+|\\.+|x+|X+|_+|-+|#+|\\w+\\.\\w+\\..*|[\\w.]+\\(.*");

    private NamedSecrets() {}

    /** What the sign at a place, a colon or the like, assigns to the name before it. */
    static Optional<Span> assignedAt(Text text, int sign) {
        if (text.isOneOf("/=:", sign + 1)) {
            return Optional.empty();
        }
        boolean equals = text.is('=', sign);
        if (equals && isParameter(text, sign)) {
            return value(text, sign + 1, IN_URL);
        }
        if (isOfUserOption(text, sign)) {
            return value(text, sign + 1, ANY);
        }
        SecretName name = SecretName.before(text, sign);
        if (name == null) {
            return Optional.empty();
        }
        return switch (name.kind()) {
            case PASSWORD -> value(text, sign + 1, ANY).filter(v -> isPassword(text, sign, v));
            case KEY ->
                    value(text, sign + 1, ANY)
                            .filter(v ->
                                    isKey(v, equals ? 6 : 8)
                                            || isOpaque(v, equals && v.start() == sign + 1));
            case PIN -> value(text, sign + 1, DIGITS);
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
                            : value(text, end, ANY).filter(v -> isSaid(v, beside ? 6 : 4));
            case KEY -> value(text, end, ANY).filter(v -> isKey(v, beside ? 16 : 8));
            case PIN -> value(text, end, DIGITS);
        };
    }

    /** A password between quotes that open at a place. */
    static Optional<Span> quotedAt(Text text, int quote) {
        SecretName name = text.is(' ', quote - 1) ? SecretName.before(text, quote) : null;
        return name == null || name.kind() != SecretName.Kind.PASSWORD
                ? Optional.empty()
                : value(text, quote + 1, ANY)
                        .filter(v -> text.is(text.charAt(quote), v.end()))
                        .filter(v -> isPassword(text, quote, v));
    }

    private static boolean isParameter(Text text, int equals) {
        int start = equals;
        while (equals - start < 40 && (text.isWord(start - 1) || text.isOneOf("_-", start - 1))) {
            start--;
        }
        return text.isOneOf("?&", start - 1)
                && PARAMETER.matcher(text.subSequence(start, equals)).matches();
    }

    /** Whether a colon ends the user's name in {@code curl -u bob:…}. */
    private static boolean isOfUserOption(Text text, int colon) {
        int start = colon;
        while (colon - start < 40 && (text.isWord(start - 1) || text.isOneOf("_.@-", start - 1))) {
            start--;
        }
        return text.is(':', colon)
                && text.isWord(colon + 1)
                && (text.startsWith(" -u ", start - 4) || text.startsWith(" --user ", start - 8));
    }

    private static Optional<Span> value(Text text, int from, Pattern spelling) {
        int start = from;
        while (start - from < 4 && text.isOneOf(" \t\n\r\"'`*\\:=", start)) {
            start++;
        }
        Matcher matcher = text.at(start, spelling);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        int end = matcher.end();
        while (end > start + 1 && text.isOneOf(".!?):*", end - 1)) {
            end--;
        }
        return Optional.of(new Span(PersonalData.SECRET, text.subSequence(start, end), start, end));
    }

    /**
     * A plain word is one only where nothing goes on behind it, or the sentence is about something
     * else.
     */
    private static boolean isPassword(Text text, int sign, Span value) {
        String word = value.identity();
        if (word.length() < 4 || TALK.matcher(word).matches() || VARIABLE.matcher(word).matches()) {
            return false;
        }
        boolean sameLine = text.subSequence(sign, value.start()).indexOf('\n') < 0;
        int next = value.end();
        while (text.is(' ', next)) {
            next++;
        }
        return isMixed(word) || (sameLine && !text.isWord(next));
    }

    private static boolean isSaid(Span value, int shortest) {
        String word = value.identity();
        return word.length() >= shortest
                && !TALK.matcher(word).matches()
                && !VARIABLE.matcher(word).matches()
                && isMixed(word);
    }

    private static boolean isKey(Span value, int shortest) {
        String key = value.identity();
        boolean letter = key.chars().anyMatch(Character::isLetter);
        boolean digit = key.chars().anyMatch(Character::isDigit);
        boolean random =
                key.length() >= RANDOM
                        && key.chars().anyMatch(Character::isUpperCase)
                        && key.chars().anyMatch(Character::isLowerCase)
                        && key.indexOf('.') < 0;
        return key.length() >= shortest
                && !VARIABLE.matcher(key).matches()
                && letter
                && (digit || random);
    }

    /** Whether an assigned value is all digits, or too long for a word that stands so close. */
    private static boolean isOpaque(Span value, boolean close) {
        String key = value.identity();
        boolean digits = key.length() >= 8 && key.chars().allMatch(c -> Text.isDigit((char) c));
        return digits
                || (close
                        && key.length() >= 16
                        && key.chars().allMatch(Character::isLetterOrDigit));
    }

    /** Whether a value is no plain word: it has a digit, or a sign or a capital inside. */
    private static boolean isMixed(String value) {
        return value.chars().anyMatch(Character::isDigit)
                || value.chars()
                        .skip(1)
                        .anyMatch(c -> !Character.isLowerCase(c) && c != '-' && c != '\'');
    }
}
