package io.millrace.ingest.curation;

import io.millrace.ingest.Prompts;
import io.millrace.ingest.Words;
import io.millrace.schemas.Message;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A prompt as the duplicate check compares it, in lower case and without punctuation. Context and
 * input are compared apart: a long instruction that two prompts share must neither make their
 * inputs look alike nor hide that they are.
 *
 * @param context what came before the last input: earlier messages, and the instruction that stands
 *     over the input
 * @param input what the user asked last
 */
public record PromptText(String context, String input) {

    public static PromptText of(List<Message> messages) {
        String last = messages.getLast().content();
        String before =
                messages.size() == 1
                        ? ""
                        : messages.subList(0, messages.size() - 1).stream()
                                .map(Message::content)
                                .collect(Collectors.joining("\n"));
        return new PromptText(
                Words.line(before + "\n" + Prompts.instruction(last)),
                Words.line(Prompts.input(last)));
    }

    /** Only text, no context. */
    public static PromptText of(String input) {
        return new PromptText("", Words.line(input));
    }
}
