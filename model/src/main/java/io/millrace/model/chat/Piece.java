package io.millrace.model.chat;

/**
 * A stretch of a rendered conversation.
 *
 * @param text may be empty
 * @param written whether somebody wrote it in a message; the rest is the format's markup
 * @param learned whether it is the assistant's own, and so carries loss
 */
record Piece(String text, boolean written, boolean learned) {

    static Piece markup(String text) {
        return new Piece(text, false, false);
    }

    static Piece written(String text) {
        return new Piece(text, true, false);
    }

    Piece asLearned() {
        return new Piece(text, written, true);
    }

    Piece withText(String other) {
        return new Piece(other, written, learned);
    }
}
