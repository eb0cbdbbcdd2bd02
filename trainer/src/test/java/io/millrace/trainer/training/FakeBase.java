package io.millrace.trainer.training;

import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.RefusedConversationException;
import io.millrace.model.chat.Tokens;
import io.millrace.model.training.StepResult;
import io.millrace.schemas.Sha256;
import io.millrace.trainer.Given;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model whose tokens are letters and whose adapter is a diary of what it was taught: the same
 * lessons in the same order make the same bytes, others do not. It has no place for an answer that
 * is {@code !out of turn}.
 */
public final class FakeBase implements BaseModel {

    private final int contextLength;
    private final int divergesAtStep;
    private int steps;
    private boolean closed;

    private FakeBase(int contextLength, int divergesAtStep) {
        this.contextLength = contextLength;
        this.divergesAtStep = divergesAtStep;
    }

    public static FakeBase learning() {
        return new FakeBase(1000, -1);
    }

    static FakeBase withContext(int length) {
        return new FakeBase(length, -1);
    }

    static FakeBase divergingAt(int step) {
        return new FakeBase(1000, step);
    }

    int steps() {
        return steps;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public Sha256 digest() {
        return Given.digest("base");
    }

    @Override
    public int contextLength() {
        return contextLength;
    }

    @Override
    public Tokens encode(List<ChatMessage> prompt, String answer) {
        if (answer.equals("!out of turn")) {
            throw new RefusedConversationException("messages[0]: the user begins");
        }
        int[] asked = prompt.stream().flatMapToInt(turn -> turn.content().chars()).toArray();
        IntStream learned =
                IntStream.concat(answer.chars().filter(Character::isLetter), IntStream.of(0));
        return new Tokens(IntStream.concat(IntStream.of(asked), learned).toArray(), asked.length);
    }

    @Override
    public Learner learner(@Nullable Path parentAdapter, TrainingConfig config, long seed) {
        StringBuilder diary = new StringBuilder();
        diary.append("seed ")
                .append(seed)
                .append(", parent ")
                .append(read(parentAdapter))
                .append('\n');
        return new Diary(diary);
    }

    private static String read(@Nullable Path parentAdapter) {
        try {
            return parentAdapter == null
                    ? "none"
                    : Files.readString(parentAdapter.resolve("adapter_model.safetensors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Diary implements Learner {

        private final StringBuilder text;

        Diary(StringBuilder text) {
            this.text = text;
        }

        @Override
        public StepResult step(List<Tokens> batch, double learningRate) {
            steps++;
            batch.forEach(tokens -> text.append(List.of(tokens.ids()[0], tokens.hashCode())));
            text.append(" at ").append(learningRate).append('\n');
            return new StepResult(
                    steps == divergesAtStep ? Double.NaN : 1.0 / steps,
                    0.5,
                    batch.stream().mapToInt(Tokens::length).sum(),
                    batch.stream().mapToInt(Tokens::responseLength).sum());
        }

        @Override
        public void average() {
            text.append("averaged\n");
        }

        @Override
        public void save(Path directory) {
            try {
                Files.writeString(
                        directory.resolve("adapter_model.safetensors"),
                        text,
                        StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
