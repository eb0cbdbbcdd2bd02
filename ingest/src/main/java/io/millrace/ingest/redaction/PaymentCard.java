package io.millrace.ingest.redaction;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Payment card numbers (ISO/IEC 7812-1): an issuer's prefix and length, groups as they are printed
 * on cards, and Luhn's check digit at the end.
 */
final class PaymentCard {

    private static final int MIN_DIGITS = 13;
    private static final int MAX_DIGITS = 19;

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

    /** Groups of four and more, but for the last. */
    private static final Pattern SHAPE =
            Pattern.compile("\\d{2}|(?:[4-8][ .-]){1,4}[1-6]|6[ .-]13");

    /** Visa's 13 digits are long out of use, and many articles' numbers begin with a 4. */
    private static final Label CARD =
            Label.of(
                    "card visa credit debit charge* karte* kreditkarte* carte tarjeta carta cartão");

    private PaymentCard() {}

    /** The longest beginning of a run that is a card number. */
    static Optional<Span> at(Text text, DigitRun run) {
        char first = run.first();
        if (first < '2' || first > '6' || text.is('+', run.start() - 1)) {
            return Optional.empty();
        }
        for (int count = Math.min(run.count(), MAX_DIGITS); count >= MIN_DIGITS; count--) {
            String digits = run.digits(count);
            if (run.endsWith(count)
                    && CheckDigits.luhn(digits)
                    && ISSUED.matcher(digits).matches()
                    && SHAPE.matcher(run.shape(count)).matches()
                    && isCard(text, run, count)) {
                return Optional.of(
                        new Span(PersonalData.CARD, digits, run.start(), run.end(count)));
            }
        }
        return Optional.empty();
    }

    private static boolean isCard(Text text, DigitRun run, int count) {
        return CARD.directlyBefore(text, run.start())
                || (count > MIN_DIGITS
                        ? !Label.SOMETHING_ELSE.directlyBefore(text, run.start())
                        : CARD.near(text, run.start(), run.end(count)));
    }
}
