package io.millrace.ingest.redaction;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text that is being searched. What has been found becomes a wall: a character that is neither
 * letter nor digit and belongs to nothing, as the placeholder will be that replaces it. So the
 * search sees the text as a second pass would.
 */
class Text implements CharSequence {

    private static final char WALL = '\uE000';
    private static final byte LETTER = 1;
    private static final byte DIGIT = 2;
    private static final byte[] ASCII = new byte[128];

    static {
        Arrays.fill(ASCII, 'a', 'z' + 1, LETTER);
        Arrays.fill(ASCII, 'A', 'Z' + 1, LETTER);
        Arrays.fill(ASCII, '0', '9' + 1, DIGIT);
    }

    private final char[] characters;

    Text(String text) {
        characters = text.toCharArray();
    }

    @Override
    public int length() {
        return characters.length;
    }

    @Override
    public char charAt(int index) {
        return characters[index];
    }

    @Override
    public String subSequence(int start, int end) {
        return new String(characters, start, end - start);
    }

    @Override
    public String toString() {
        return new String(characters);
    }

    void wall(int start, int end) {
        Arrays.fill(characters, start, end, WALL);
    }

    /** Whether there is a letter or a digit at this place, which may lie outside. */
    boolean isWord(int index) {
        return index >= 0 && index < characters.length && isWord(charAt(index));
    }

    boolean isDigit(int index) {
        return index >= 0 && index < characters.length && isDigit(charAt(index));
    }

    boolean isLetter(int index) {
        return isWord(index) && !isDigit(index);
    }

    /** Whether it is this character at this place, which may lie outside. */
    boolean is(char expected, int index) {
        return index >= 0 && index < characters.length && charAt(index) == expected;
    }

    /** Whether it is one of these characters at this place, which may lie outside. */
    boolean isOneOf(String expected, int index) {
        return index >= 0 && index < characters.length && expected.indexOf(charAt(index)) >= 0;
    }

    int wordStart(int end) {
        int start = end;
        while (isWord(start - 1)) {
            start--;
        }
        return start;
    }

    int wordEnd(int start) {
        int end = start;
        while (end < characters.length && isWord(charAt(end))) {
            end++;
        }
        return end;
    }

    boolean startsWith(String prefix, int index) {
        if (index < 0 || index + prefix.length() > characters.length) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (charAt(index + i) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** What stands before a place on its line and on this side of any wall, at most so much. */
    String before(int index, int atMost) {
        int start = index;
        while (start > 0 && index - start < atMost && !isBarrier(charAt(start - 1))) {
            start--;
        }
        return subSequence(start, index);
    }

    /** What stands from a place on, on its line and on this side of any wall, at most so much. */
    String after(int index, int atMost) {
        int end = index;
        while (end < characters.length && end - index < atMost && !isBarrier(charAt(end))) {
            end++;
        }
        return subSequence(index, end);
    }

    /** A matcher whose pattern must match at this place; its bounds are transparent. */
    Matcher at(int index, Pattern pattern) {
        return pattern.matcher(this)
                .useTransparentBounds(true)
                .useAnchoringBounds(false)
                .region(index, characters.length);
    }

    static boolean isWord(char c) {
        return c < 128 ? ASCII[c] != 0 : Character.isLetterOrDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isBarrier(char c) {
        return c == WALL || c == '\n' || c == '\r';
    }
}
