package io.millrace.schemas;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt and the answer to learn: the part that every curated event shares.
 *
 * @param messages the prompt, in order
 * @param answer the response to learn
 * @param cluster names the near-duplicate cluster; all its members fall on the same side of the
 *     holdout split
 * @param sourceId the interaction or demonstration it was made from
 * @param revision the correction's revision, 0 for a demonstration
 */
public record Example(
        ExampleId exampleId,
        ExampleSource source,
        String sourceId,
        PrincipalId principal,
        List<Message> messages,
        String answer,
        List<String> tags,
        @Nullable String cluster,
        int revision) {

    public Example {
        messages = List.copyOf(messages);
        tags = List.copyOf(tags);
        Require.id("sourceId", sourceId);
        Require.notEmpty("messages", messages);
        Require.text("answer", answer);
        Require.atLeast(0, "revision", revision);
    }

    public Example inCluster(String name) {
        return new Example(
                exampleId, source, sourceId, principal, messages, answer, tags, name, revision);
    }
}
