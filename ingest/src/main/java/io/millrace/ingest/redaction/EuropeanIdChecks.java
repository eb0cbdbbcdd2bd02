package io.millrace.ingest.redaction;

import static io.millrace.ingest.redaction.CheckDigits.number;
import static io.millrace.ingest.redaction.CheckDigits.weighted;
import static io.millrace.ingest.redaction.Dates.isDay;

import java.util.Set;

/** What Europe's states say about their numbers, given in capitals and without separators. */
final class EuropeanIdChecks {

    private static final Set<String> NOT_BRITISH = Set.of("BG", "GB", "NK", "KN", "TN", "NT", "ZZ");

    private EuropeanIdChecks() {}

    /**
     * Without the letters that no prefix has (HMRC's manual NIM39110), but with its examples' QQ.
     */
    static boolean isBritish(String id) {
        String prefix = id.substring(0, 2);
        return prefix.equals("QQ")
                || (!NOT_BRITISH.contains(prefix)
                        && "DFIQUV".indexOf(id.charAt(0)) < 0
                        && "DFIOQUV".indexOf(id.charAt(1)) < 0);
    }

    /** The NHS number: weights from ten down, by eleven. */
    static boolean isBritishPatient(String digits) {
        return weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    /** Of the first ten digits, one comes two or three times and no other twice (§ 139b AO). */
    static boolean isGermanTaxpayer(String digits) {
        if (digits.charAt(0) == '0') {
            return false;
        }
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
        if (id.chars().noneMatch(Character::isDigit)) {
            return false;
        }
        if (id.length() == 9 || !Text.isDigit(id.charAt(9))) {
            return true;
        }
        int sum = weighted(id, 7, 3, 1, 7, 3, 1, 7, 3, 1);
        return sum % 10 == id.charAt(9) - '0';
    }

    /** The pension insurance's number: its letter counts as two digits (VKVV, annex). */
    static boolean isGermanPension(String id) {
        int letter = id.charAt(8) - 'A' + 1;
        String digits = id.substring(0, 8) + letter / 10 + letter % 10 + id.substring(9);
        int[] factors = {2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1};
        int sum = 0;
        for (int i = 0; i < factors.length; i++) {
            int product = factors[i] * (digits.charAt(i) - '0');
            sum += product / 10 + product % 10;
        }
        return number(digits, 4, 6) >= 1
                && number(digits, 4, 6) <= 12
                && sum % 10 == digits.charAt(12) - '0';
    }

    static boolean isFrench(String id) {
        if ("123478".indexOf(id.charAt(0)) < 0) {
            return false;
        }
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
    static boolean isDutch(String digits) {
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

    /** The check digit of an EAN-13. */
    static boolean isSwiss(String digits) {
        return digits.startsWith("756")
                && weighted(digits, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;
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

    /** Without a check since 2007, but with a date of birth. */
    static boolean isDanish(String digits) {
        return isDay(number(digits, 2, 4), number(digits, 0, 2));
    }

    /** Numbers for people without residence have 40 added to the day. */
    static boolean isNorwegian(String digits) {
        int day = number(digits, 0, 2);
        return isDay(number(digits, 2, 4) % 40, day > 40 ? day - 40 : day)
                && weighted(digits, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && weighted(digits, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    static boolean isAustrian(String digits) {
        int sum = weighted(digits, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6);
        return sum % 11 == digits.charAt(3) - '0'
                && isDay(Math.min(12, number(digits, 6, 8)), number(digits, 4, 6));
    }

    /** Women's months have 50 added, and any month 20 more once the numbers of a day run out. */
    static boolean isCzech(String digits) {
        return isDay(number(digits, 2, 4) % 50 % 20, number(digits, 4, 6))
                && Long.parseLong(digits) % 11 == 0;
    }

    static boolean isPortuguese(String digits) {
        int check = 11 - weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check > 9 ? 0 : check) == digits.charAt(8) - '0';
    }

    static boolean isRomanian(String digits) {
        int check = weighted(digits, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return isDay(number(digits, 3, 5), number(digits, 5, 7))
                && (check == 10 ? 1 : check) == digits.charAt(12) - '0';
    }

    /** By 23, a second letter counting nine times. */
    static boolean isIrish(String id) {
        int second = id.length() > 8 && id.charAt(8) != 'W' ? id.charAt(8) - 'A' + 1 : 0;
        int sum = weighted(id, 8, 7, 6, 5, 4, 3, 2) + 9 * second;
        return "WABCDEFGHIJKLMNOPQRSTUV".charAt(sum % 23) == id.charAt(7);
    }
}
