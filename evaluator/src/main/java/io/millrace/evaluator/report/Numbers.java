package io.millrace.evaluator.report;

import java.util.Locale;

/** Numbers as a person reads them, the same in every locale. */
final class Numbers {

    private Numbers() {}

    /** A fraction such as {@code 85.7 %}. */
    static String percent(double fraction) {
        return fixed(fraction * 100, 1) + "\u202f%";
    }

    /** A change of a fraction in points, such as {@code +3.1} or {@code −0.5}. */
    static String points(double change) {
        String digits = fixed(Math.abs(change) * 100, 1);
        if (digits.equals("0.0")) {
            return digits;
        }
        return (change < 0 ? "\u2212" : "+") + digits;
    }

    static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
