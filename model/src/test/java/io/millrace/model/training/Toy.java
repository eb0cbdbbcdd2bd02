package io.millrace.model.training;

import io.millrace.model.Adapter;
import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.Tokens;
import io.millrace.model.decoder.ReferenceDecoder;
import io.millrace.model.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Four questions with four answers: little enough to be learnt by heart within a test. */
final class Toy {

    static final List<String> ANSWERS =
            List.of("card_lost", "card_arrival", "transfer_failed", "transfer_late");

    private static final List<List<ChatMessage>> QUESTIONS =
            List.of(
                    List.of(ChatMessage.user("my card was lost")),
                    List.of(ChatMessage.user("where is the new card, it has not come?")),
                    List.of(new ChatMessage("system", "be brief"), ChatMessage.user("it failed")),
                    List.of(ChatMessage.user("late")));

    private Toy() {}

    static List<Tokens> batch(LanguageModel model) {
        return List.of(
                model.encode(QUESTIONS.get(0), ANSWERS.get(0)),
                model.encode(QUESTIONS.get(1), ANSWERS.get(1)),
                model.encode(QUESTIONS.get(2), ANSWERS.get(2)),
                model.encode(QUESTIONS.get(3), ANSWERS.get(3)));
    }

    /** The reference's greedy answers of one token each. */
    static List<String> firstTokens(
            LanguageModel model, Path directory, ReferenceDecoder reference) {
        try (Tokenizer tokenizer = Tokenizer.read(directory)) {
            return QUESTIONS.stream()
                    .map(question -> reference.nextLogits(model.encodePrompt(question)))
                    .map(logits -> tokenizer.decode(new int[] {largest(logits)}))
                    .toList();
        }
    }

    private static int largest(double[] logits) {
        int largest = 0;
        for (int i = 1; i < logits.length; i++) {
            largest = logits[i] > logits[largest] ? i : largest;
        }
        return largest;
    }

    /** The engine's. */
    static List<String> firstTokens(LanguageModel model, @Nullable Adapter adapter) {
        return answers(model, adapter, 1);
    }

    static List<String> answers(LanguageModel model, @Nullable Adapter adapter) {
        return answers(model, adapter, 16);
    }

    private static List<String> answers(
            LanguageModel model, @Nullable Adapter adapter, int tokens) {
        return model.generate(QUESTIONS, GenerationOptions.greedy(tokens), adapter).stream()
                .map(Generation::text)
                .toList();
    }
}
