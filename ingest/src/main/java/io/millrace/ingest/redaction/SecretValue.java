package io.millrace.ingest.redaction;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the value of a named secret looks like, and what only stands where a value would. */
final class SecretValue {

    /** Up to which signs a value is read, and how long it may be. */
    record Spelling(BitSet ends, int shortest, int longest) {

        static Spelling of(String signs, int shortest, int longest) {
            BitSet ends = new BitSet();
            (signs + " \t\n\u000B\f\r\uE000").chars().forEach(ends::set);
            return new Spelling(ends, shortest, longest);
        }
    }

    static final Spelling ANY = Spelling.of("\"'`,;<>\\", 4, 256);
    static final Spelling IN_URL = Spelling.of("&#;\"'<>)]", 6, 1024);

    private static final int RANDOM = 20;
    private static final int WIDEST_GAP = 4;

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
                    "[$%{(\\[<].*|\\*+|•+|\\.+|x+|X+|_+|-+|#+|\\w{1,22}\\.\\w+\\..*|[\\w.]+\\(.*"
                            + "|(?:[\\w.]*[._])?(?:password|passwd|pwd|pass)|[a-z]\\w*Pass(?:word|wd)?");

    private SecretValue() {}

    /** The value that begins at a place or a little behind it. */
    static Optional<Span> at(Text text, int from, Spelling spelling) {
        int start = start(text, from);
        int end = start;
        while (end < text.length()
                && end - start < spelling.longest()
                && !spelling.ends().get(text.charAt(end))) {
            end++;
        }
        return end - start < spelling.shortest()
                ? Optional.empty()
                : Optional.of(span(text, start, end));
    }

    /** The value that begins so and matches a pattern. */
    static Optional<Span> at(Text text, int from, Pattern spelling) {
        int start = start(text, from);
        Matcher matcher = text.at(start, spelling);
        return matcher.lookingAt()
                ? Optional.of(span(text, start, matcher.end()))
                : Optional.empty();
    }

    private static int start(Text text, int from) {
        int start = from;
        while (start - from < WIDEST_GAP && text.isOneOf(" \t\n\r\"'`*\\:=", start)) {
            start++;
        }
        return start;
    }

    /** Without what ends a sentence. */
    private static Span span(Text text, int start, int last) {
        int end = last;
        while (end > start + 1 && text.isOneOf(".!?):*", end - 1)) {
            end--;
        }
        return new Span(PersonalData.SECRET, text.subSequence(start, end), start, end);
    }

    /** Whether a word belongs to a sentence about passwords. */
    static boolean isTalk(String word) {
        return TALK.matcher(word).matches();
    }

    /** Whether it stands for a value that is elsewhere, or hides one. */
    static boolean isVariable(String value) {
        return VARIABLE.matcher(value).matches();
    }

    /** Whether it is random enough for a key. */
    static boolean isKey(String key, int shortest) {
        boolean small = false;
        boolean capital = false;
        boolean letter = false;
        boolean digit = false;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            small |= Character.isLowerCase(c);
            capital |= Character.isUpperCase(c);
            letter |= Character.isLetter(c);
            digit |= Character.isDigit(c);
        }
        boolean random = key.length() >= RANDOM && small && capital && key.indexOf('.') < 0;
        return key.length() >= shortest && letter && (digit || random) && !isVariable(key);
    }

    /** Whether an assigned value is all digits, or too long for a word that stands so close. */
    static boolean isOpaque(String key, boolean close) {
        boolean digits = key.length() >= 8 && key.chars().allMatch(c -> Text.isDigit((char) c));
        return digits
                || (close
                        && key.length() >= 16
                        && key.chars().allMatch(Character::isLetterOrDigit));
    }

    /** Whether a value is no plain word: it has a digit, or a sign or a capital inside. */
    static boolean isMixed(String value) {
        return value.chars().anyMatch(Character::isDigit)
                || value.chars()
                        .skip(1)
                        .anyMatch(c -> !Character.isLowerCase(c) && c != '-' && c != '\'');
    }
}
