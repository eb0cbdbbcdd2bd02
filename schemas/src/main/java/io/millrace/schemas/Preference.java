package io.millrace.schemas;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which answer people like, for preference training (DPO for pairs, KTO for unpaired signals). */
public record Preference(
        ExampleId exampleId,
        PreferenceKind kind,
        InteractionId interactionId,
        PrincipalId principal,
        List<Message> messages,
        @Nullable String chosen,
        @Nullable String rejected,
        List<String> tags,
        Instant occurredAt)
        implements Event {

    public Preference {
        messages = List.copyOf(messages);
        tags = List.copyOf(tags);
        Require.notEmpty("messages", messages);
        boolean valid =
                switch (kind) {
                    case PAIR -> chosen != null && rejected != null;
                    case DESIRABLE -> chosen != null && rejected == null;
                    case UNDESIRABLE -> chosen == null && rejected != null;
                };
        if (!valid) {
            throw new IllegalArgumentException(
                    "a pair has chosen and rejected, a desirable answer only chosen, an undesirable one only"
                            + " rejected");
        }
    }
}
