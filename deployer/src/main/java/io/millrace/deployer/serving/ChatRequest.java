package io.millrace.deployer.serving;

import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked request for an answer.
 *
 * @param model the alias, {@code base}, or an exact version
 * @param stream whether the answer comes as server-sent events
 * @param streamUsage whether those end with the token counts
 */
record ChatRequest(
        String model,
        List<Message> messages,
        Sampling sampling,
        Origin origin,
        boolean stream,
        boolean streamUsage) {

    ChatRequest {
        messages = List.copyOf(messages);
    }

    /**
     * How to choose tokens.
     *
     * @param maxTokens null for the server's own limit
     * @param seed null for one that follows from the interaction's id
     */
    record Sampling(
            @Nullable Integer maxTokens, double temperature, double topP, @Nullable Long seed) {}

    /** Who asks, where, and about what. */
    record Origin(PrincipalId principal, @Nullable String conversationId, List<String> tags) {

        static final PrincipalId ANONYMOUS = new PrincipalId("anonymous");

        Origin {
            tags = List.copyOf(tags);
        }
    }
}
