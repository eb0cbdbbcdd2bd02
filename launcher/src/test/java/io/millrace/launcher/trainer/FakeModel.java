package io.millrace.launcher.trainer;

import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.model.training.StepResult;
import io.millrace.schemas.Sha256;
import io.millrace.trainer.training.BaseModel;
import io.millrace.trainer.training.Learner;
import io.millrace.trainer.training.TrainingConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A model whose tokens are letters and whose adapter is the digest of all that it was taught: the
 * same lessons in the same order make the same bytes.
 */
final class FakeModel implements BaseModel {

    static final String WEIGHTS = "adapter_model.safetensors";

    private final String name;
    private final Runnable beforeStep;
    private final AtomicInteger runs = new AtomicInteger();

    private FakeModel(String name, Runnable beforeStep) {
        this.name = name;
        this.beforeStep = beforeStep;
    }

    static FakeModel named(String name) {
        return new FakeModel(name, () -> {});
    }

    /** A model that does something else before each step, such as telling or waiting. */
    static FakeModel doing(Runnable beforeStep) {
        return new FakeModel("fake", beforeStep);
    }

    /** How many runs have begun. */
    int runs() {
        return runs.get();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Sha256 digest() {
        return sha("base");
    }

    @Override
    public int contextLength() {
        return 1000;
    }

    @Override
    public Tokens encode(List<ChatMessage> prompt, String answer) {
        int[] asked = prompt.stream().flatMapToInt(turn -> turn.content().chars()).toArray();
        IntStream learned = IntStream.concat(answer.chars(), IntStream.of(0));
        return new Tokens(IntStream.concat(IntStream.of(asked), learned).toArray(), asked.length);
    }

    @Override
    public Learner learner(@Nullable Path parentAdapter, TrainingConfig config, long seed) {
        runs.incrementAndGet();
        return new Pupil(sha("seed " + seed));
    }

    private static Sha256 sha(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private final class Pupil implements Learner {

        private Sha256 knowledge;

        Pupil(Sha256 knowledge) {
            this.knowledge = knowledge;
        }

        @Override
        public StepResult step(List<Tokens> batch, double learningRate) {
            beforeStep.run();
            List<Integer> lessons = batch.stream().map(Tokens::hashCode).toList();
            knowledge = sha(knowledge + " " + lessons + " at " + learningRate);
            return new StepResult(
                    1.0,
                    0.5,
                    batch.stream().mapToInt(Tokens::length).sum(),
                    batch.stream().mapToInt(Tokens::responseLength).sum());
        }

        @Override
        public void average() {
            knowledge = sha(knowledge + " averaged");
        }

        @Override
        public void save(Path directory) {
            try {
                Files.writeString(directory.resolve(WEIGHTS), knowledge.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {}
    }
}
