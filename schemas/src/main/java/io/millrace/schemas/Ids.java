package io.millrace.schemas;

import java.util.regex.Pattern;

/** What every identifier on the wire must look like. */
final class Ids {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@/-]{0,199}");

    private Ids() {}

    static void requireId(String field, String value) {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    field
                            + " must be 1 to 200 characters of letters, digits and . _ : @ / - and start"
                            + " with a letter or digit");
        }
    }

    static void requireText(String field, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(field + " must not be blank");
        }
    }
}
