package io.millrace.trainer.dataset;

import io.millrace.schemas.EventJson;
import io.millrace.schemas.Example;
import io.millrace.schemas.Message;
import io.millrace.schemas.Role;
import io.millrace.schemas.Sha256;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.stream.Stream;

/**
 * What one run trains on, in the order it is written.
 *
 * @param fresh how many examples are the window's own
 * @param replayed how many come from earlier windows
 * @param erased how many were left out because their principal asked to be forgotten
 */
public record Dataset(List<Example> examples, int fresh, int replayed, int erased) {

    public Dataset {
        examples = List.copyOf(examples);
    }

    /** One example a line, in the chat form that OpenAI, TRL, LLaMA-Factory and axolotl read. */
    public byte[] jsonl() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Example example : examples) {
            lines.writeBytes(EventJson.write(Line.of(example)));
            lines.write('\n');
        }
        return lines.toByteArray();
    }

    /** The digest of {@link #jsonl}. */
    public Sha256 sha256() {
        return Sha256.of(jsonl());
    }

    private record Line(String id, List<Message> messages) {

        static Line of(Example example) {
            Message answer = new Message(Role.ASSISTANT, example.answer());
            return new Line(
                    example.exampleId().value(),
                    Stream.concat(example.messages().stream(), Stream.of(answer)).toList());
        }
    }
}
