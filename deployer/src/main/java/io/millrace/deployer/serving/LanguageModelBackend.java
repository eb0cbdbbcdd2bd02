package io.millrace.deployer.serving;

import io.millrace.model.Adapter;
import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.schemas.Message;
import io.millrace.schemas.Sha256;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Generates with a language model in this process. */
public final class LanguageModelBackend implements Backend {

    private final LanguageModel model;

    private LanguageModelBackend(LanguageModel model) {
        this.model = model;
    }

    /**
     * Opens the base model.
     *
     * @throws io.millrace.model.config.ModelException when the directory holds none
     */
    public static LanguageModelBackend open(Path directory) {
        return new LanguageModelBackend(LanguageModel.open(directory));
    }

    @Override
    public Sha256 baseDigest() {
        return new Sha256(model.digest().hex());
    }

    @Override
    public int contextTokens() {
        return model.config().maxPositions();
    }

    @Override
    public int promptTokens(List<Message> prompt) {
        return model.encodePrompt(chat(prompt)).length;
    }

    @Override
    public Responder base() {
        return new Voice(null);
    }

    @Override
    public Responder load(Path adapter) {
        return new Voice(model.loadAdapter(adapter));
    }

    @Override
    public void close() {
        model.close();
    }

    private final class Voice implements Responder {

        private final @Nullable Adapter adapter;

        Voice(@Nullable Adapter adapter) {
            this.adapter = adapter;
        }

        @Override
        public Generation respond(List<Message> prompt, GenerationOptions options) {
            return model.generate(List.of(chat(prompt)), options, adapter).getFirst();
        }

        @Override
        public void close() {
            if (adapter != null) {
                adapter.close();
            }
        }
    }

    private static List<ChatMessage> chat(List<Message> messages) {
        return messages.stream()
                .map(m -> new ChatMessage(m.role().name().toLowerCase(Locale.ROOT), m.content()))
                .toList();
    }
}
