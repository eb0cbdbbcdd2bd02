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

/**
 * A language model tuned by LoRA, of the rank and alpha that a run's configuration says.
 *
 * @param targets the layers that are adapted, as {@link LoraConfig#targetModules} names them
 * @param dropout share of the adapters' inputs left out of each step
 * @param rankStabilised whether the scale is alpha/sqrt(rank) rather than alpha/rank
 */
public record LoraBase(
        LanguageModel model, List<String> targets, double dropout, boolean rankStabilised)
        implements BaseModel {

    public LoraBase {
        targets = List.copyOf(targets);
    }

    /** Every linear layer, without dropout: what windows are trained with. */
    public LoraBase(LanguageModel model) {
        this(model, LoraConfig.ALL, 0, false);
    }

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
        LoraConfig lora =
                new LoraConfig(config.rank(), config.alpha(), dropout, rankStabilised, targets);
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
