package io.millrace.model.chat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** White space as the templates of Hugging Face know it, which is as Python's {@code str.strip}. */
final class WhiteSpace {

    private static final char NEXT_LINE = '\u0085';

    private WhiteSpace() {}

    static String strip(String text) {
        return stripEnd(stripStart(text));
    }

    /** Strips a text that lies in pieces. */
    static List<Piece> strip(List<Piece> pieces) {
        Deque<Piece> left = new ArrayDeque<>(pieces);
        while (!left.isEmpty() && stripStart(left.getFirst().text()).isEmpty()) {
            left.removeFirst();
        }
        while (!left.isEmpty() && stripEnd(left.getLast().text()).isEmpty()) {
            left.removeLast();
        }
        if (!left.isEmpty()) {
            Piece first = left.removeFirst();
            left.addFirst(first.withText(stripStart(first.text())));
            Piece last = left.removeLast();
            left.addLast(last.withText(stripEnd(last.text())));
        }
        return List.copyOf(left);
    }

    private static String stripStart(String text) {
        int from = 0;
        while (from < text.length() && isWhite(text.charAt(from))) {
            from++;
        }
        return text.substring(from);
    }

    private static String stripEnd(String text) {
        int to = text.length();
        while (to > 0 && isWhite(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(0, to);
    }

    private static boolean isWhite(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
    }
}
