package io.millrace.ingest.redaction;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One state's number for a person that has letters in it.
 *
 * @param country ISO 3166-1, two letters
 * @param beginnings with how many letters it may begin, as bits
 * @param spelling how it is written, whatever the case of the letters
 * @param distinctive whether the check is enough where the letters are capitals or the number is
 *     long; if not, the label must be there
 * @param label what the number is called
 * @param check decides on the number in capitals without separators
 */
record LetteredId(
        String country,
        int beginnings,
        Pattern spelling,
        boolean distinctive,
        Label label,
        Predicate<String> check)
        implements NationalId {

    private static final int LONG = 15;
    private static final String END = "(?![\\p{L}\\p{N}]|[./-]\\d)";

    /**
     * An identity that begins with so many letters; its spelling is a regular expression without
     * repeats of unknown length.
     */
    static LetteredId of(
            String country,
            int[] beginnings,
            String spelling,
            boolean distinctive,
            String label,
            Predicate<String> check) {
        Pattern pattern = Pattern.compile("(?:" + spelling + ")" + END, Pattern.CASE_INSENSITIVE);
        int bits = 0;
        for (int letters : beginnings) {
            bits |= 1 << letters;
        }
        return new LetteredId(country, bits, pattern, distinctive, Label.of(label), check);
    }

    /** The number that begins at a place with so many letters. */
    Optional<Span> at(Text text, int start, int letters) {
        if ((beginnings >> Math.min(letters, 31) & 1) == 0) {
            return Optional.empty();
        }
        Matcher matcher = text.at(start, spelling);
        if (!matcher.lookingAt()) {
            return Optional.empty();
        }
        String written = matcher.group();
        String compact = compact(written);
        boolean alone =
                distinctive
                        && (compact.length() >= LONG
                                || written.equals(written.toUpperCase(Locale.ROOT)));
        return check.test(compact) && isMeant(text, start, matcher.end(), alone)
                ? Optional.of(new Span(PersonalData.NATIONAL_ID, compact, start, matcher.end()))
                : Optional.empty();
    }

    private static String compact(String written) {
        StringBuilder compact = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            if (Text.isWord(written.charAt(i))) {
                compact.append(Character.toUpperCase(written.charAt(i)));
            }
        }
        return compact.toString();
    }
}
