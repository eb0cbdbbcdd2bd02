package io.millrace.ingest.curation;

import io.millrace.ingest.Prompts;
import io.millrace.schemas.Message;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A prompt as the duplicate check compares it, in lower case and without punctuation. Context and
 * input are compared apart: a long instruction that two prompts share must neither make their
 * inputs look alike nor hide that they are.
 *
 * @param context what came before the last input: earlier messages, and the instruction that stands
 *     over the input
 * @param input what the user asked last
 */
public record PromptText(String context, String input) {

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}]+");

    public static PromptText of(List<Message> messages) {
        String last = messages.getLast().content();
        String before =
                messages.subList(0, messages.size() - 1).stream()
                        .map(Message::content)
                        .collect(Collectors.joining("\n"));
        return new PromptText(
                words(before + "\n" + Prompts.instruction(last)), words(Prompts.input(last)));
    }

    /** Only text, no context. */
    public static PromptText of(String input) {
        return new PromptText("", words(input));
    }

    private static String words(String text) {
        return isAscii(text) ? asciiWords(text) : foldedWords(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The same as {@link #foldedWords}, in one pass. */
    private static String asciiWords(String text) {
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
        return words.isEmpty() ? text.strip() : words.toString();
    }

    private static String foldedWords(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String words = NO_WORD.matcher(folded).replaceAll(" ").strip();
        return words.isEmpty() ? folded.strip() : words;
    }
}
