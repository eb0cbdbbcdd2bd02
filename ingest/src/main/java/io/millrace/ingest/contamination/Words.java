package io.millrace.ingest.contamination;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A text as words: compatibility forms folded, in lower case, without punctuation. */
final class Words {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    private Words() {}

    /** Its words in order; a text of signs alone is one word, so that it can be told apart. */
    static List<String> of(String text) {
        String folded =
                Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).strip();
        List<String> words = NO_WORD.splitAsStream(folded).filter(word -> !word.isEmpty()).toList();
        return words.isEmpty() && !folded.isEmpty() ? List.of(folded) : words;
    }
}
