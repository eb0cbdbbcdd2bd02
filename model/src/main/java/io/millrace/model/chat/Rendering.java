package io.millrace.model.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a chat format makes of a conversation. */
public sealed interface Rendering {

    /** The conversation, laid out. */
    final class Rendered implements Rendering {

        private final List<Piece> pieces;

        Rendered(List<Piece> pieces) {
            this.pieces = List.copyOf(pieces);
        }

        List<Piece> pieces() {
            return pieces;
        }

        public String text() {
            return pieces.stream().map(Piece::text).collect(Collectors.joining());
        }

        /** Where the text carries loss: each of the assistant's answers with its end token. */
        public List<Span> spans() {
            List<Span> spans = new ArrayList<>();
            int at = 0;
            for (Piece piece : pieces) {
                int from = at;
                at += piece.text().codePointCount(0, piece.text().length());
                if (piece.learned() && at > from) {
                    boolean goesOn = !spans.isEmpty() && spans.getLast().end() == from;
                    spans.add(new Span(goesOn ? spans.removeLast().start() : from, at));
                }
            }
            return spans;
        }
    }

    /** The format has no place for such a conversation. */
    record Refused(String reason) implements Rendering {}

    /**
     * Characters of a text, counted as Unicode code points: from {@code start} up to {@code end}.
     */
    record Span(int start, int end) {}
}
