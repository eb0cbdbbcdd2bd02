package io.millrace.trainer.training;

import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.schemas.Sha256;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model that is tuned, as a training run sees it. */
public interface BaseModel {

    String name();

    Sha256 digest();

    /** Longest sequence, in tokens. */
    int contextLength();

    /** A training sequence: the conversation, and the answer to learn. */
    Tokens encode(List<ChatMessage> prompt, String answer);

    /**
     * Begins to tune.
     *
     * @param parentAdapter where to go on from; a fresh adapter when absent
     * @param seed of a fresh adapter
     */
    Learner learner(@Nullable Path parentAdapter, TrainingConfig config, long seed);
}
