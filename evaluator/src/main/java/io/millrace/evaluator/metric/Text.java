package io.millrace.evaluator.metric;

import java.text.Normalizer;

/** The one form in which texts are compared. */
final class Text {

    private Text() {}

    /** NFC, so that é is one letter however it was typed, without outer white space. */
    static String canonical(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }
}
