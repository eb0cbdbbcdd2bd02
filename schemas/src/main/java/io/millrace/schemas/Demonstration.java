package io.millrace.schemas;

import java.time.Instant;
import java.util.List;

/**
 * A prompt and the answer that a person wrote for it, with no model's answer between.
 *
 * @param source where it came from, such as a file's name
 */
public record Demonstration(
        DemonstrationId demonstrationId,
        PrincipalId principal,
        List<Message> messages,
        String answer,
        List<String> tags,
        String source,
        Instant occurredAt)
        implements Event {

    public Demonstration {
        messages = List.copyOf(messages);
        tags = List.copyOf(tags);
        Require.notEmpty("messages", messages);
        Require.text("answer", answer);
        Require.text("source", source);
    }
}
