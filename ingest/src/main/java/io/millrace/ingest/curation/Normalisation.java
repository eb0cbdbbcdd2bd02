package io.millrace.ingest.curation;

import io.millrace.schemas.Message;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One spelling for equal texts: Unicode NFC, line feeds, no control or bidirectional-override
 * characters, no space around. Chat markup such as {@code <|im_start|>} stays readable as {@code <
 * |im_start|>} but no tokenizer takes it for a role any more. Normalising twice changes nothing.
 */
public final class Normalisation {

    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?");
    private static final Pattern INVISIBLE =
            Pattern.compile(
                    "[\\p{Cc}\\p{Cs}\\u202A-\\u202E\\u2066-\\u2069\\u200B\\uFEFF&&[^\\n\\t]]");
    private static final Pattern ROLE_TOKEN =
            Pattern.compile(
                    "([<\\[])(?=\\|[^|<>\\n]{1,40}\\|>|\\uFF5C[^\\uFF5C<>\\n]{1,40}\\uFF5C>|</?SYS>>"
                            + "|/?(?:INST|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS|SYSTEM_PROMPT)\\]"
                            + "|/?(?:s|bos|eos|pad|unk|mask|think|tool_call|tool_response"
                            + "|(?:start|end)_of_(?:turn|image))>)");

    /** Whether a character up to the tilde stands for itself and begins no markup. */
    private static final boolean[] PLAIN = new boolean['~' + 1];

    static {
        Arrays.fill(PLAIN, ' ', PLAIN.length, true);
        PLAIN['\n'] = true;
        PLAIN['\t'] = true;
        PLAIN['<'] = false;
        PLAIN['['] = false;
    }

    private Normalisation() {}

    /** A text in its one spelling. */
    public static String of(String text) {
        return isPlain(text) ? text.strip() : spelt(text);
    }

    /** Nothing to normalise but the space around it, as in most of what people write. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    private static String spelt(String text) {
        String lines = LINE_BREAK.matcher(text).replaceAll("\n");
        String visible = INVISIBLE.matcher(lines).replaceAll("");
        return ROLE_TOKEN
                .matcher(Normalizer.normalize(visible, Normalizer.Form.NFC))
                .replaceAll("$1 ")
                .strip();
    }

    /** The same of what is said in each message. */
    public static List<Message> of(List<Message> messages) {
        return messages.stream().map(m -> new Message(m.role(), of(m.content()))).toList();
    }
}
