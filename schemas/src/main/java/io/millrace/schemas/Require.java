package io.millrace.schemas;

import java.util.List;
import java.util.regex.Pattern;

/** What every record checks of its components; the schema files say the same. */
final class Require {

    private static final int ID_LENGTH = 200;
    private static final String ID_SIGNS = "._:@/-";

    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private Require() {}

    static void id(String field, String value) {
        if (!isId(value)) {
            throw new IllegalArgumentException(
                    field
                            + " must be 1 to 200 characters of letters, digits and . _ : @ / - and start"
                            + " with a letter or digit");
        }
    }

    /** Without a regular expression: every event has some, and each is read many times. */
    private static boolean isId(String value) {
        if (value.isEmpty() || value.length() > ID_LENGTH || !isLetterOrDigit(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!isLetterOrDigit(c) && ID_SIGNS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    static void tenant(String field, String value) {
        if (!TENANT.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field
                            + " must be 1 to 64 characters of letters, digits and . _ - and start with a"
                            + " letter or digit");
        }
    }

    static void text(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
    }

    static void atLeast(long least, String field, long value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " must be at least " + least);
        }
    }

    /** Refuses NaN and infinities too: JSON has no word for them. */
    static void between(double low, double high, String field, double value) {
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(
                    field + " must be a number from " + low + " to " + high);
        }
    }

    static void notNegative(String field, double value) {
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(field + " must be a finite number, 0 or more");
        }
    }

    static void notEmpty(String field, List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException(field + " must not be empty");
        }
    }
}
