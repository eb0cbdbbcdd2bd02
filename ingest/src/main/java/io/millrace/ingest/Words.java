package io.millrace.ingest;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text as words, so that the same said in other letters or with other punctuation is the same:
 * compatibility forms folded, in lower case, one space between them. A text of signs alone is one
 * word, so that it can be told apart.
 */
public final class Words {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");
    private static final byte[] ASCII = letters();

    private Words() {}

    /** The words in order. */
    public static String line(String text) {
        String words = between(text);
        return words.isEmpty() ? folded(text).strip() : words;
    }

    /** Empty when there is no word. */
    private static String between(String text) {
        @Nullable String plain = ascii(text);
        return plain != null ? plain : NO_WORD.matcher(folded(text)).replaceAll(" ").strip();
    }

    private static String folded(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }

    /** What the long way comes to for most of what people write, in one pass; null for the rest. */
    private static @Nullable String ascii(String text) {
        byte[] words = new byte[text.length()];
        int length = 0;
        boolean gap = false;
        for (int i = 0; i < words.length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII.length) {
                return null;
            }
            byte letter = ASCII[c];
            if (letter == 0) {
                gap = length > 0;
            } else {
                if (gap) {
                    words[length++] = ' ';
                    gap = false;
                }
                words[length++] = letter;
            }
        }
        return new String(words, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Of each character up to the tilde the small letter or digit, 0 for a sign. */
    private static byte[] letters() {
        byte[] letters = new byte['~' + 1];
        for (char c = 0; c < letters.length; c++) {
            boolean word =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            letters[c] = word ? (byte) Character.toLowerCase(c) : 0;
        }
        return letters;
    }
}
