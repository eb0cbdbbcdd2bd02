package io.millrace.ingest.redaction;

import static io.millrace.ingest.redaction.CheckDigits.weighted;

import java.util.Set;
import java.util.regex.Pattern;

/** What the states say about their numbers, given in capitals and without separators. */
final class NationalIdChecks {

    private static final Set<String> NOT_BRITISH = Set.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ");
    private static final Pattern GERMAN_FIRST = Pattern.compile("[CFGHJ-NPRTV-Z].*");

    private NationalIdChecks() {}

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

    static boolean isBritish(String id) {
        return !NOT_BRITISH.contains(id.substring(0, 2));
    }

    /** Of the first ten digits, one comes two or three times and no other twice (§ 139b AO). */
    static boolean isGermanTaxpayer(String digits) {
        int[] times = new int[10];
        digits.substring(0, 10).chars().forEach(c -> times[c - '0']++);
        int repeated = 0;
        for (int count : times) {
            if (count > 3) {
                return false;
            }
            repeated += count > 1 ? 1 : 0;
        }
        return repeated == 1 && CheckDigits.mod11And10(digits);
    }

    /** A serial number, and its check digit where it is written (ICAO 9303, part 3). */
    static boolean isGermanCard(String id) {
        if (!GERMAN_FIRST.matcher(id).matches() || id.chars().noneMatch(Character::isDigit)) {
            return false;
        }
        if (id.length() == 9) {
            return true;
        }
        int sum = weighted(id, 7, 3, 1, 7, 3, 1, 7, 3, 1);
        return sum % 10 == id.charAt(9) - '0';
    }

    static boolean isFrench(String id) {
        int month = number(id, 3, 5);
        boolean known = month >= 1 && month <= 12;
        boolean abroadOrUnknown = (month >= 20 && month <= 42) || month >= 50;
        if (!known && !abroadOrUnknown) {
            return false;
        }
        String number = id.substring(0, 13);
        if (Character.isLetter(id.charAt(6))) {
            String department = id.charAt(6) == 'A' ? "19" : "18";
            number = id.substring(0, 5) + department + id.substring(7, 13);
        }
        return 97 - CheckDigits.mod97(number) == number(id, 13, 15);
    }

    static boolean isSpanish(String id) {
        String digits = id.substring(0, 8);
        int series = "XYZ".indexOf(id.charAt(0));
        int number = Integer.parseInt(series < 0 ? digits : series + digits.substring(1));
        return "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23) == id.charAt(8);
    }

    /** Decree of 23 December 1976: odd places count by a table, even ones by their value. */
    static boolean isItalian(String id) {
        int[] odd = {
            1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25,
            24, 23
        };
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = id.charAt(i);
            int value = Text.isDigit(c) ? c - '0' : c - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }
        return 'A' + sum % 26 == id.charAt(15);
    }

    /** The test by eleven, its last weight negative. */
    static boolean isDutch(String written) {
        String digits = written.length() == 8 ? "0" + written : written;
        int sum = weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1);
        return sum % 11 == 0 && number(digits, 0, 9) != 0;
    }

    /** The month holds the century. */
    static boolean isPolish(String digits) {
        int month = number(digits, 2, 4) % 20;
        int sum = weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1);
        return isDay(month, number(digits, 4, 6)) && sum % 10 == 0;
    }

    /** Coordination numbers have 60 added to the day. */
    static boolean isSwedish(String written) {
        String digits = written.substring(written.length() - 10);
        int day = number(digits, 4, 6);
        return isDay(number(digits, 2, 4), day > 60 ? day - 60 : day) && CheckDigits.luhn(digits);
    }

    static boolean isBrazilian(String digits) {
        boolean same = digits.chars().distinct().count() == 1;
        int first = weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = weighted(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        return !same && first == digits.charAt(9) - '0' && second == digits.charAt(10) - '0';
    }

    /** The check digit of an EAN-13. */
    static boolean isSwiss(String digits) {
        return weighted(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
    }

    /** From 2000 on, a 2 stands before the number when it is divided. */
    static boolean isBelgian(String digits) {
        int check = number(digits, 9, 11);
        return isDay(number(digits, 2, 4) % 20, number(digits, 4, 6))
                && (97 - CheckDigits.mod97(digits.substring(0, 9)) == check
                        || 97 - CheckDigits.mod97("2" + digits.substring(0, 9)) == check);
    }

    static boolean isFinnish(String id) {
        String digits = id.substring(0, 6) + id.substring(id.length() - 4, id.length() - 1);
        return isDay(number(digits, 2, 4), number(digits, 0, 2))
                && "0123456789ABCDEFHJKLMNPRSTUVWXY".charAt(Integer.parseInt(digits) % 31)
                        == id.charAt(id.length() - 1);
    }

    /** ISO/IEC 7064, MOD 11-2. */
    static boolean isChinese(String id) {
        int sum = weighted(id, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
        return isDay(number(id, 10, 12), number(id, 12, 14))
                && "10X98765432".charAt(sum % 11) == id.charAt(17);
    }

    private static boolean isDay(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private static int number(String digits, int start, int end) {
        return Integer.parseInt(digits, start, end, 10);
    }
}
