package io.millrace.ingest.importer;

import io.millrace.schemas.Message;
import java.util.List;

/**
 * A prompt, its right answer, and the label that puts it into a slice.
 *
 * @param line where it starts in its file, from 1
 */
public record LabelledExample(List<Message> messages, String answer, String tag, long line) {

    public LabelledExample {
        messages = List.copyOf(messages);
    }
}
