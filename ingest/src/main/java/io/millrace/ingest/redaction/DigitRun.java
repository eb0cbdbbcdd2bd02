package io.millrace.ingest.redaction;

/**
 * The digits that begin at a place with at most one separator between two of them, at most {@value
 * #MOST}. A number of so many digits is a beginning of the run that ends with a group.
 */
final class DigitRun {

    static final int MOST = 20;

    /** Groups of one digit; with more it is a list of small numbers. */
    private static final int MOST_SINGLE = 2;

    /** Spaces, points, hyphens and strokes as people and word processors write them. */
    private static final String SEPARATORS = " .-/+\u00A0\u202F\u2009\u2010\u2011\u2013";

    private final Text text;
    private final int start;
    private final StringBuilder digits = new StringBuilder(MOST);
    private final int[] ends = new int[MOST + 1];

    private DigitRun(Text text, int start) {
        this.text = text;
        this.start = start;
    }

    static DigitRun at(Text text, int start) {
        DigitRun run = new DigitRun(text, start);
        int place = start;
        int single = 0;
        while (run.digits.length() < MOST) {
            if (!text.isDigit(place)) {
                single += text.isDigit(place - 2) ? 0 : 1;
                if (!text.isOneOf(SEPARATORS, place)
                        || !text.isDigit(place + 1)
                        || single > MOST_SINGLE) {
                    break;
                }
                place++;
            }
            run.digits.append(text.charAt(place++));
            run.ends[run.digits.length()] = place;
        }
        return run;
    }

    int start() {
        return start;
    }

    int count() {
        return digits.length();
    }

    /** The first so many digits. */
    String digits(int count) {
        return digits.substring(0, count);
    }

    char first() {
        return digits.charAt(0);
    }

    /** The place after so many digits. */
    int end(int count) {
        return ends[count];
    }

    /** Whether a group ends after so many digits. */
    boolean endsWith(int count) {
        return count <= count() && !text.isWord(ends[count]);
    }

    /** Whether so many digits are all of a number: no further group is joined by a sign. */
    boolean isWhole(int count) {
        return endsWith(count)
                && !(text.isOneOf("./-", ends[count]) && text.isDigit(ends[count] + 1));
    }

    /**
     * How the first so many digits are grouped: {@code 3-2-4}; spaces and hyphens are all alike.
     */
    String shape(int count) {
        StringBuilder shape = new StringBuilder();
        int group = 0;
        for (int i = start; i < ends[count]; i++) {
            char c = text.charAt(i);
            if (Text.isDigit(c)) {
                group++;
            } else {
                shape.append(group).append(plain(c));
                group = 0;
            }
        }
        return shape.append(group).toString();
    }

    private static char plain(char separator) {
        return switch (separator) {
            case '\u00A0', '\u202F', '\u2009' -> ' ';
            case '\u2010', '\u2011', '\u2013' -> '-';
            default -> separator;
        };
    }
}
