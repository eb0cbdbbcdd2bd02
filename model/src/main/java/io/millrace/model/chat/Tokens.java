package io.millrace.model.chat;

import java.util.Arrays;

/**
 * One training sequence. Loss is taken on {@code ids[responseStart ..]} alone, the end token
 * included.
 *
 * @param ids prompt and response
 * @param responseStart index of the first response token
 */
@SuppressWarnings(
        "ArrayRecordComponent") // a million of these are alive at once; nobody compares them
public record Tokens(int[] ids, int responseStart) {

    public Tokens {
        if (responseStart < 1 || responseStart >= ids.length) {
            throw new IllegalArgumentException(
                    "a training sequence needs a prompt token and a response token; it has "
                            + responseStart
                            + " of "
                            + ids.length);
        }
    }

    public int length() {
        return ids.length;
    }

    public int responseLength() {
        return ids.length - responseStart;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tokens tokens
                && tokens.responseStart == responseStart
                && Arrays.equals(tokens.ids, ids);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ids) + responseStart;
    }

    @Override
    public String toString() {
        return "Tokens[" + ids.length + " ids, response from " + responseStart + "]";
    }
}
