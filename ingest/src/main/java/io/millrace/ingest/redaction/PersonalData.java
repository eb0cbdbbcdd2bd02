package io.millrace.ingest.redaction;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The kinds of personal data that are recognised. A pattern finds candidates; a check, such as a
 * checksum, then decides, so that order numbers, versions and dates survive. The order of the
 * constants is the order of the search.
 */
enum PersonalData {
    EMAIL(
            "(?<![\\p{L}\\p{N}._%+-])[\\p{L}\\p{N}._%+-]++@(?:[\\p{L}\\p{N}-]{1,63}\\.){1,8}\\p{L}{2,24}"),
    IBAN("(?<![\\p{L}\\p{N}])[A-Za-z]{2}\\d{2}(?: ?[A-Za-z0-9]){11,30}"),
    CARD("(?<![\\p{L}\\p{N}#+])(?<!\\d[.-])[2-6]\\d{3}(?:[ -]?\\d){9,15}(?![\\p{L}\\p{N}])"),
    PHONE(
            "(?<![\\p{L}\\p{N}#])(?<!\\p{N}[.,/-])(?<!\\p{N}{2} )(?:\\+\\(?|\\()?\\d(?:[ ()./-]{0,2}\\d){6,15}(?![\\p{L}\\p{N}])");

    /**
     * A datum at the start of a candidate.
     *
     * @param identity what two spellings of the same datum share
     * @param length how many characters of the candidate it takes
     */
    record Found(String identity, int length) {}

    private final Pattern pattern;

    PersonalData(String pattern) {
        this.pattern = Pattern.compile(pattern);
    }

    Matcher candidates(String text) {
        return pattern.matcher(text);
    }

    Optional<Found> check(String candidate) {
        return switch (this) {
            case EMAIL ->
                    Optional.of(new Found(candidate.toLowerCase(Locale.ROOT), candidate.length()));
            case IBAN -> Iban.startOf(candidate);
            case CARD -> PaymentCard.startOf(candidate);
            case PHONE -> PhoneNumber.wholeOf(candidate);
        };
    }
}
