package io.millrace.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer that a served model gave.
 *
 * @param principal who asked
 * @param conversationId groups the turns of one conversation
 * @param model the version that answered, as served
 * @param messages the prompt, in order
 * @param answer what the model said
 * @param tags free labels of the application, such as a topic or a customer segment; they name
 *     slices at the gate
 * @param latencyMillis from request to last token
 * @param tenant whom the sender belongs to; absent where callers are not told apart
 */
public record Interaction(
        InteractionId interactionId,
        PrincipalId principal,
        @Nullable String conversationId,
        String model,
        List<Message> messages,
        String answer,
        List<String> tags,
        long latencyMillis,
        Instant occurredAt,
        @Nullable TenantId tenant)
        implements Event {

    public Interaction {
        messages = List.copyOf(messages);
        tags = List.copyOf(tags);
        Require.text("model", model);
        Require.notEmpty("messages", messages);
        Require.atLeast(0, "latencyMillis", latencyMillis);
    }

    /** One of no tenant. */
    public Interaction(
            InteractionId interactionId,
            PrincipalId principal,
            @Nullable String conversationId,
            String model,
            List<Message> messages,
            String answer,
            List<String> tags,
            long latencyMillis,
            Instant occurredAt) {
        this(
                interactionId,
                principal,
                conversationId,
                model,
                messages,
                answer,
                tags,
                latencyMillis,
                occurredAt,
                null);
    }
}
