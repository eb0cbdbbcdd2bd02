package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Payment card numbers (ISO/IEC 7812-1): an issuer's prefix and length, groups as they are printed
 * on cards, and Luhn's check digit at the end.
 */
final class PaymentCard {

    private static final int MIN_DIGITS = 13;

    private static final Pattern CANDIDATE =
            Pattern.compile("[2-6]\\d{3}(?:[ .\\u00A0\\u2011\\u2013-]?\\d){9,15}+");

    /**
     * Visa; Mastercard; Mir; American Express; Diners Club; JCB; Maestro and RuPay; Discover,
     * UnionPay, Maestro and RuPay.
     */
    private static final Pattern ISSUED =
            Pattern.compile(
                    "4(?:\\d{12}|\\d{15}|\\d{18})|5[1-5]\\d{14}"
                        + "|(?:222[1-9]|22[3-9]\\d|2[3-6]\\d{2}|27[01]\\d|2720)\\d{12}|220[0-4]\\d{12}"
                        + "|3[47]\\d{13}|3(?:0[0-59]|[689]\\d)\\d{11}|35(?:2[89]|[3-8]\\d)\\d{12}"
                        + "|5[06-8]\\d{14,17}|6(?:011|4[4-9]\\d|[0257]\\d{2}|304)\\d{12,15}");

    private static final Pattern GROUPED = Pattern.compile("\\d{4,}|(?:\\d{4,8}\\D)+\\d{1,6}");

    /** Visa's 13 digits are long out of use, and many articles' numbers begin with a 4. */
    private static final Label CARD =
            Label.of("card visa credit debit karte* kreditkarte* carte tarjeta carta cartão");

    private PaymentCard() {}

    /** The longest run of whole digit groups at a place that is a card number. */
    static Optional<Span> at(Text text, int start) {
        Matcher matcher = text.at(start, CANDIDATE);
        if (text.is('+', start - 1) || !matcher.lookingAt()) {
            return Optional.empty();
        }
        for (int end = matcher.end(); end - start >= MIN_DIGITS; end--) {
            if (!text.isWord(end) && text.isDigit(end - 1)) {
                String written = text.subSequence(start, end);
                String digits = text.digits(start, end);
                if (ISSUED.matcher(digits).matches()
                        && GROUPED.matcher(written).matches()
                        && CheckDigits.luhn(digits)
                        && (digits.length() > MIN_DIGITS || CARD.near(text, start, end))
                        && !Label.SOMETHING_ELSE.directlyBefore(text, start)) {
                    return Optional.of(new Span(PersonalData.CARD, digits, start, end));
                }
            }
        }
        return Optional.empty();
    }
}
