package io.millrace.ingest.redaction;

import static io.millrace.ingest.redaction.CheckDigits.number;
import static io.millrace.ingest.redaction.CheckDigits.weighted;
import static io.millrace.ingest.redaction.Dates.isDay;

/** What other states say about their numbers, given in capitals and without separators. */
final class OverseasIdChecks {

    private OverseasIdChecks() {}

    /** Social security numbers, and taxpayers' numbers, which begin with a 9. */
    static boolean isAmerican(String digits) {
        int area = number(digits, 0, 3);
        int group = number(digits, 3, 5);
        boolean taxpayer = area >= 900 && group >= 50 && group != 89 && group != 93;
        return area != 0
                && area != 666
                && (area < 900 || taxpayer)
                && group != 0
                && number(digits, 5, 9) != 0;
    }

    static boolean isBrazilian(String digits) {
        boolean same = digits.chars().distinct().count() == 1;
        int first = weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return !same && first == digits.charAt(9) - '0' && second == digits.charAt(10) - '0';
    }

    static boolean isIndian(String digits) {
        return digits.charAt(0) >= '2' && CheckDigits.verhoeff(digits);
    }

    /** ISO/IEC 7064, MOD 11-2. */
    static boolean isChinese(String id) {
        int sum = weighted(id, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
        int century = number(id, 6, 8);
        return (century == 19 || century == 20)
                && isDay(number(id, 10, 12), number(id, 12, 14))
                && "10X98765432".charAt(sum % 11) == id.charAt(17);
    }

    static boolean isTurkish(String digits) {
        int odd = weighted(digits, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        int even = weighted(digits, 0, 1, 0, 1, 0, 1, 0, 1);
        int all = weighted(digits, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        return digits.charAt(0) != '0'
                && Math.floorMod(7 * odd - even, 10) == digits.charAt(9) - '0'
                && all % 10 == digits.charAt(10) - '0';
    }

    /** The tax file number. */
    static boolean isAustralian(String digits) {
        return weighted(digits, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;
    }

    /** Without a check since 2020, but with a date of birth, and sex and century as a digit. */
    static boolean isKorean(String digits) {
        return isDay(number(digits, 2, 4), number(digits, 4, 6))
                && "12345678".indexOf(digits.charAt(6)) >= 0;
    }

    static boolean isSouthAfrican(String digits) {
        return isDay(number(digits, 2, 4), number(digits, 4, 6)) && CheckDigits.luhn(digits);
    }

    /** The CURP: a date of birth and a check digit over 37 characters, Ñ behind N. */
    static boolean isMexican(String id) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ".indexOf(id.charAt(i)) * (18 - i);
        }
        return isDay(number(id, 6, 8), number(id, 8, 10))
                && (10 - sum % 10) % 10 == id.charAt(17) - '0';
    }
}
