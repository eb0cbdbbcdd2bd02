package io.millrace.ingest;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text as words, so that the same said in other letters or with other punctuation is the same:
 * compatibility forms folded, in lower case, one space between them. A text of signs alone is one
 * word, so that it can be told apart.
 */
public final class Words {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final Pattern SPACE = Pattern.compile(" ");

    private Words() {}

    /** The words in order. */
    public static List<String> of(String text) {
        String words = between(text);
        return words.isEmpty() ? signs(text) : List.of(SPACE.split(words));
    }

    /** The words in one line. */
    public static String line(String text) {
        String words = between(text);
        return words.isEmpty() ? String.join("", signs(text)) : words;
    }

    /** Empty when there is no word. */
    private static String between(String text) {
        return isAscii(text) ? ascii(text) : NO_WORD.matcher(folded(text)).replaceAll(" ").strip();
    }

    private static List<String> signs(String text) {
        String folded = folded(text).strip();
        return folded.isEmpty() ? List.of() : List.of(folded);
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** What the long way comes to for most of what people write, in one pass. */
    private static String ascii(String text) {
        StringBuilder words = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char lower = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
            if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
                if (gap && !words.isEmpty()) {
                    words.append(' ');
                }
                words.append(lower);
                gap = false;
            } else {
                gap = true;
            }
        }
        return words.toString();
    }
}
