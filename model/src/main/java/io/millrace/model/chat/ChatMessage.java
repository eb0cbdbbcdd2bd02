package io.millrace.model.chat;

import java.util.regex.Pattern;

/**
 * One turn of a conversation.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, or a word that the format may know
 */
public record ChatMessage(String role, String content) {

    static final String SYSTEM = "system";
    static final String USER = "user";
    static final String ASSISTANT = "assistant";

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    public ChatMessage {
        if (!WORD.matcher(role).matches()) {
            throw new IllegalArgumentException(
                    "role must be one word such as system, user or assistant, not '" + role + "'");
        }
    }

    public static ChatMessage user(String content) {
        return new ChatMessage(USER, content);
    }
}
