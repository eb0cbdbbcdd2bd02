package io.millrace.trainer.training;

import io.millrace.model.LanguageModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.torch.Torch;
import io.millrace.model.training.LoraTrainer;
import io.millrace.model.training.StepResult;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Sha256;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A language model tuned by LoRA on all of its linear layers. */
public record LoraBase(LanguageModel model) implements BaseModel {

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public Sha256 digest() {
        return new Sha256(model.digest().hex());
    }

    @Override
    public int contextLength() {
        return model.config().maxPositions();
    }

    @Override
    public Tokens encode(List<ChatMessage> prompt, String answer) {
        return model.encode(prompt, answer);
    }

    @Override
    public Learner learner(@Nullable Path parentAdapter, TrainingConfig config, long seed) {
        int threads = Integer.getInteger(Torch.THREADS, 1);
        if (threads != config.threads()) {
            throw new MillraceException(
                    "the training config says %d threads, the engine runs with %d: start with -D%s=%d"
                            .formatted(config.threads(), threads, Torch.THREADS, config.threads()));
        }
        LoraConfig lora = LoraConfig.allLinear(config.rank(), config.alpha());
        return new LoraLearner(
                LoraTrainer.start(model, parentAdapter, lora, seed),
                parentAdapter == null ? 0 : config.parentShare());
    }

    private record LoraLearner(LoraTrainer trainer, double parentShare) implements Learner {

        @Override
        public StepResult step(List<Tokens> batch, double learningRate) {
            return trainer.step(batch, learningRate);
        }

        @Override
        public void average() {
            trainer.average();
        }

        @Override
        public void save(Path directory) {
            trainer.save(directory, parentShare);
        }

        @Override
        public void close() {
            trainer.close();
        }
    }
}
