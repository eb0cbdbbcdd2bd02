package io.millrace.ingest.importer;

import io.millrace.schemas.Message;
import java.util.List;

/**
 * A prompt, its right answer, and the label that puts it into a slice.
 *
 * @param line where it starts in its file, from 1
 */
public record LabelledExample(List<Message> messages, String answer, String tag, long line) {

    /** The tag of what belongs to no slice of its own. */
    static final String UNLABELLED = "unlabelled";

    public LabelledExample {
        messages = List.copyOf(messages);
    }
}
