package io.millrace.ingest.redaction;

/** Dates and spans of years in digits, which nobody dials. */
final class Dates {

    private Dates() {}

    /** Whether a date begins at a place: of the year 1900 to 2099 where its four digits stand. */
    static boolean isAt(Text text, int start) {
        int first = digits(text, start);
        int sign = start + first;
        if (first == 8) {
            return isYear(text, start)
                    && text.isOneOf("01", start + 4)
                    && text.isOneOf("0123", start + 6)
                    && isEnd(text, sign);
        }
        if (!text.isOneOf("./-\u2013", sign)) {
            return false;
        }
        int second = digits(text, sign + 1);
        int next = sign + 1 + second;
        if (first == 4 && second == 4) {
            return isAnyYear(text, start) && isAnyYear(text, sign + 1) && isEnd(text, next);
        }
        if (first <= 2 && second == 4) { // a month of a year
            return isYear(text, sign + 1) && isEnd(text, next);
        }
        if (second < 1 || second > 2 || !text.is(text.charAt(sign), next)) {
            return false;
        }
        int third = digits(text, next + 1);
        boolean yearFirst = first == 4 && isYear(text, start) && third >= 1 && third <= 2;
        boolean yearLast = first <= 2 && (third == 2 || (third == 4 && isYear(text, next + 1)));
        return (yearFirst || yearLast) && isEnd(text, next + 1 + third);
    }

    /** How many digits stand there, at most nine. */
    private static int digits(Text text, int start) {
        int end = start;
        while (end - start < 9 && text.isDigit(end)) {
            end++;
        }
        return end - start;
    }

    private static boolean isYear(Text text, int start) {
        return text.startsWith("19", start) || text.startsWith("20", start);
    }

    /** Whether it is a year of the second millennium or of this century. */
    private static boolean isAnyYear(Text text, int start) {
        return text.is('1', start) || text.startsWith("20", start);
    }

    private static boolean isEnd(Text text, int end) {
        boolean time = text.is('T', end) && text.isDigit(end + 1);
        boolean longer =
                text.isOneOf("./-", end) ? text.isDigit(end + 1) : text.isWord(end) && !time;
        return !longer;
    }

    static boolean isDay(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }
}
