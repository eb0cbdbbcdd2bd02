package io.millrace.ingest.redaction;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One state's number for a person.
 *
 * @param country ISO 3166-1, two letters
 * @param alone the spellings that, with the check, are enough by themselves
 * @param labelled more spellings, for where the text names the number
 * @param label what the number is called
 * @param check decides on the number in capitals without separators
 */
record NationalId(
        String country, Pattern alone, Pattern labelled, Label label, Predicate<String> check) {

    private static final String END = "(?![\\p{L}\\p{N}]|[./-]\\d)";

    /** An identity from the spellings as regular expressions; an empty one matches nothing. */
    static NationalId of(
            String country, String alone, String labelled, String label, Predicate<String> check) {
        return new NationalId(country, spelling(alone), spelling(labelled), Label.of(label), check);
    }

    private static Pattern spelling(String expression) {
        return Pattern.compile(expression.isEmpty() ? "(?!)" : "(?:" + expression + ")" + END);
    }

    /** The number that begins at a place. */
    Optional<Span> at(Text text, int start) {
        Matcher plain = text.at(start, alone);
        if (plain.lookingAt()
                && accepts(plain.group())
                && (!Label.SOMETHING_ELSE.directlyBefore(text, start)
                        || label.directlyBefore(text, start))) {
            return Optional.of(span(plain));
        }
        Matcher named = text.at(start, labelled);
        return named.lookingAt()
                        && accepts(named.group())
                        && label.near(text, named.start(), named.end())
                        && (!Label.SOMETHING_ELSE.directlyBefore(text, start)
                                || label.directlyBefore(text, start))
                ? Optional.of(span(named))
                : Optional.empty();
    }

    private boolean accepts(String written) {
        return check.test(compact(written));
    }

    private static Span span(Matcher matcher) {
        return new Span(
                PersonalData.NATIONAL_ID, compact(matcher.group()), matcher.start(), matcher.end());
    }

    private static String compact(String written) {
        StringBuilder compact = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            if (Text.isWord(written.charAt(i))) {
                compact.append(written.charAt(i));
            }
        }
        return compact.toString().toUpperCase(Locale.ROOT);
    }
}
