package io.millrace.ingest.redaction;

import io.millrace.ingest.redaction.PersonalData.Found;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Payment card numbers (ISO/IEC 7812-1): an issuer's prefix and length, and Luhn's check digit at
 * the end.
 */
final class PaymentCard {

    private static final int MIN_DIGITS = 13;

    /**
     * Visa; Mastercard; American Express; Diners Club; JCB; Maestro; Discover, UnionPay and Maestro
     * again.
     */
    private static final Pattern ISSUED =
            Pattern.compile(
                    "4(?:\\d{12}|\\d{15}|\\d{18})|(?:5[1-5]|2[2-7])\\d{14}|3[47]\\d{13}|3[0689]\\d{12}|35\\d{14,17}"
                            + "|5[06-8]\\d{11,17}|6\\d{15,18}");

    private PaymentCard() {}

    /** The longest run of whole digit groups at the candidate's start that is a card number. */
    static Optional<Found> startOf(String candidate) {
        for (int end = candidate.length(); end >= MIN_DIGITS; end--) {
            boolean afterGroup =
                    end == candidate.length() || !Character.isDigit(candidate.charAt(end));
            if (afterGroup && Character.isDigit(candidate.charAt(end - 1))) {
                String digits = candidate.substring(0, end).replaceAll("\\D", "");
                if (ISSUED.matcher(digits).matches() && passesLuhn(digits)) {
                    return Optional.of(new Found(digits, end));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : 2 * digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }
}
