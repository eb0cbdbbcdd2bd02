package io.millrace.evaluator.suite;

import io.millrace.evaluator.metric.Grader;
import io.millrace.schemas.Message;
import java.util.List;

/**
 * One question of an examination.
 *
 * @param references answers that would each be right
 * @param tags what the gate cuts slices by
 */
public record SuiteCase(
        String id,
        List<Message> messages,
        List<String> references,
        List<String> tags,
        Grader grader) {

    public SuiteCase {
        messages = List.copyOf(messages);
        references = List.copyOf(references);
        tags = List.copyOf(tags);
        if (id.isBlank() || messages.isEmpty() || references.isEmpty()) {
            throw new IllegalArgumentException("a case needs an id, a prompt and a reference");
        }
    }

    /** This answer with its score. */
    public Answer grade(String text) {
        return new Answer(text, grader.score(text, references));
    }
}
