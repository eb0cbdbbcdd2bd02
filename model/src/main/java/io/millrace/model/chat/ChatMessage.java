package io.millrace.model.chat;

import java.util.Set;

/**
 * One turn of a conversation.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 */
public record ChatMessage(String role, String content) {

    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    public ChatMessage {
        if (!ROLES.contains(role)) {
            throw new IllegalArgumentException(
                    "role must be system, user or assistant, not '" + role + "'");
        }
    }

    public static ChatMessage user(String content) {
        return new ChatMessage("user", content);
    }
}
