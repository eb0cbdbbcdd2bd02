package io.millrace.ingest.redaction;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * International bank account numbers (ISO 13616): a fixed length per country and the checksum of
 * ISO 7064, mod 97-10.
 */
final class Iban {

    /** Country and length, from the IBAN registry. */
    private static final Map<String, Integer> LENGTHS =
            Arrays.stream(
                            """
                            AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27
                            DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28
                            IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22
                            MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24
                            SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30
                            """
                                    .strip()
                                    .split("\\s+"))
                    .collect(
                            Collectors.toUnmodifiableMap(
                                    entry -> entry.substring(0, 2),
                                    entry -> Integer.valueOf(entry.substring(2))));

    private Iban() {}

    /** The IBAN that begins at a place, written in groups or not. */
    static Optional<Span> at(Text text, int start) {
        Integer length = length(text, start);
        if (length == null) {
            return Optional.empty();
        }
        StringBuilder iban = new StringBuilder(length);
        int end = start;
        while (iban.length() < length) {
            if (!text.isWord(end)) {
                if (!text.isOneOf(" .-\u00A0\u202F\u2011", end) || !text.isWord(end + 1)) {
                    return Optional.empty();
                }
                end++;
            }
            char c = Character.toUpperCase(text.charAt(end++));
            if (c > 'Z') {
                return Optional.empty();
            }
            iban.append(c);
        }
        return !text.isWord(end) && passesChecksum(iban)
                ? Optional.of(new Span(PersonalData.IBAN, iban.toString(), start, end))
                : Optional.empty();
    }

    /**
     * How long an IBAN is that begins here, if one can: two letters, perhaps a space, two digits.
     */
    private static @Nullable Integer length(Text text, int start) {
        int digits = text.is(' ', start + 2) ? start + 3 : start + 2;
        return text.isLetter(start)
                        && text.isLetter(start + 1)
                        && text.isDigit(digits)
                        && text.isDigit(digits + 1)
                ? LENGTHS.get(text.subSequence(start, start + 2).toUpperCase(Locale.ROOT))
                : null;
    }

    /** ISO/IEC 7064, MOD 97-10, letters counted from A = 10. */
    private static boolean passesChecksum(CharSequence iban) {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < iban.length(); i++) {
            number.append(Character.digit(iban.charAt((i + 4) % iban.length()), 36));
        }
        return CheckDigits.mod97(number.toString()) == 1;
    }
}
