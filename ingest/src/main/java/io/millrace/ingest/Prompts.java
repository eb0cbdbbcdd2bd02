package io.millrace.ingest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an instruction and its input share one user message: the instruction, a blank line, the
 * input. Import, the demo's traffic and the duplicate check all use this one layout.
 */
public final class Prompts {

    private static final String BLANK_LINE = "\n\n";
    private static final Pattern LAYOUT =
            Pattern.compile("(.*?)\\r?\\n[ \\t]*\\r?\\n(.*)", Pattern.DOTALL);

    private Prompts() {}

    /** One user message; a blank part is left out. */
    public static String userMessage(String instruction, String input) {
        if (instruction.isBlank()) {
            return input.strip();
        }
        return input.isBlank()
                ? instruction.strip()
                : instruction.strip() + BLANK_LINE + input.strip();
    }

    /** What stands before the first blank line of a message that has one, else nothing. */
    public static String instruction(String userMessage) {
        if (userMessage.indexOf('\n') < 0) {
            return "";
        }
        Matcher layout = LAYOUT.matcher(userMessage);
        return layout.matches() ? layout.group(1) : "";
    }

    /** What stands after the first blank line, or the whole message when it has none. */
    public static String input(String userMessage) {
        if (userMessage.indexOf('\n') < 0) {
            return userMessage;
        }
        Matcher layout = LAYOUT.matcher(userMessage);
        return layout.matches() ? layout.group(2) : userMessage;
    }
}
