package io.millrace.evaluator;

import io.millrace.evaluator.suite.Examinee;
import io.millrace.evaluator.suite.UnansweredException;
import io.millrace.model.Adapter;
import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.chat.RefusedConversationException;
import io.millrace.model.config.ModelException;
import io.millrace.schemas.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A base model, with an adapter or bare, that answers greedily in batches. To a prompt that its
 * context cannot hold it says nothing, which is scored like any other answer.
 */
final class ModelExaminee implements Examinee {

    private static final int BATCH = 32;
    private static final String NOTHING = "";

    private final LanguageModel base;
    private final @Nullable Adapter adapter;
    private final GenerationOptions options;

    ModelExaminee(LanguageModel base, @Nullable Adapter adapter, int maxTokens) {
        this.base = base;
        this.adapter = adapter;
        this.options = GenerationOptions.greedy(maxTokens);
    }

    @Override
    public List<String> answer(List<List<Message>> prompts, IntConsumer answered) {
        List<String> answers = new ArrayList<>();
        for (int from = 0; from < prompts.size(); from += BATCH) {
            answers.addAll(batch(prompts.subList(from, Math.min(from + BATCH, prompts.size()))));
            answered.accept(answers.size());
        }
        return answers;
    }

    private List<String> batch(List<List<Message>> prompts) {
        List<List<ChatMessage>> chats = prompts.stream().map(ModelExaminee::chat).toList();
        List<List<ChatMessage>> fitting = chats.stream().filter(this::fits).toList();
        List<Generation> generations;
        try {
            generations = base.generate(fitting, options, adapter);
        } catch (ModelException e) {
            throw new UnansweredException("generation failed: " + e.getMessage(), e);
        }
        var texts = generations.stream().map(Generation::text).iterator();
        return chats.stream().map(chat -> fits(chat) ? texts.next() : NOTHING).toList();
    }

    private boolean fits(List<ChatMessage> chat) {
        try {
            return base.encodePrompt(chat).length < base.config().maxPositions();
        } catch (RefusedConversationException e) {
            return false;
        }
    }

    private static List<ChatMessage> chat(List<Message> prompt) {
        return prompt.stream()
                .map(m -> new ChatMessage(m.role().name().toLowerCase(Locale.ROOT), m.content()))
                .toList();
    }

    @Override
    public void close() {
        if (adapter != null) {
            adapter.close();
        }
    }
}
