package io.millrace.ingest.redaction;

import io.millrace.ingest.redaction.PersonalData.Found;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Telephone numbers, told from other digits by how they are dialled: {@code +} or {@code 00} and a
 * country code (E.164), a trunk {@code 0}, or the grouping of the North American plan.
 */
final class PhoneNumber {

    private static final Pattern NORTH_AMERICAN =
            Pattern.compile(
                    "(?:\\+?1[ .-])?(?:\\([2-9]\\d{2}\\) ?|[2-9]\\d{2}[ .-])[2-9]\\d{2}[ .-]\\d{4}");
    private static final Pattern STARTS_WITH_DATE =
            Pattern.compile("\\d{1,2}([./-])\\d{1,2}\\1\\d{2,4}(?!\\d).*");

    private PhoneNumber() {}

    /** The candidate, when all of it is a telephone number. */
    static Optional<Found> wholeOf(String candidate) {
        String digits = candidate.replaceAll("\\D", "");
        boolean dialled =
                candidate.startsWith("+")
                        ? hasDigits(digits, 8, 15)
                        : isInternational(digits)
                                || isNational(digits)
                                || NORTH_AMERICAN.matcher(candidate).matches();
        return dialled && !STARTS_WITH_DATE.matcher(candidate).matches()
                ? Optional.of(new Found(digits, candidate.length()))
                : Optional.empty();
    }

    private static boolean isInternational(String digits) {
        return digits.startsWith("00") && digits.charAt(2) != '0' && hasDigits(digits, 11, 16);
    }

    private static boolean isNational(String digits) {
        return digits.charAt(0) == '0' && digits.charAt(1) != '0' && hasDigits(digits, 10, 12);
    }

    private static boolean hasDigits(String digits, int atLeast, int atMost) {
        return digits.length() >= atLeast && digits.length() <= atMost;
    }
}
