package io.millrace.model;

import io.millrace.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One answer under way. */
final class Answering {

    /** What the tokenizer puts where a character's last bytes are still to come. */
    private static final char UNFINISHED = '\uFFFD';

    private final Tokenizer tokenizer;
    private final int endToken;
    private final int promptTokens;
    private final int room;
    private final Sampler sampler;
    private final List<String> stop;
    private final @Nullable Consumer<String> listener;
    private final List<Integer> ids = new ArrayList<>();
    private String heard = "";
    private boolean stopped;

    /**
     * @param room most tokens of the answer
     * @param place of the prompt among those asked together
     * @param listener hears the answer piece by piece, if there is one
     */
    Answering(
            Tokenizer tokenizer,
            int endToken,
            int[] prompt,
            int room,
            GenerationOptions options,
            int place,
            @Nullable Consumer<String> listener) {
        this.tokenizer = tokenizer;
        this.endToken = endToken;
        this.promptTokens = prompt.length;
        this.room = Math.min(options.maxTokens(), room);
        this.sampler = new Sampler(options, prompt, place);
        this.stop = options.stop();
        this.listener = listener;
    }

    /** Takes its next token; false when it has ended. */
    boolean take(float[] logits) {
        if (hasEnded()) {
            return false;
        }
        int token = sampler.next(logits);
        if (token == endToken) {
            stopped = true;
        } else {
            ids.add(token);
            stopped = !stop.isEmpty() && end(text()).isPresent();
        }
        tell();
        return !hasEnded();
    }

    private boolean hasEnded() {
        return stopped || ids.size() == room;
    }

    private void tell() {
        if (listener == null) {
            return;
        }
        String text = hasEnded() ? answer().text() : sayable(text());
        if (text.length() > heard.length()) {
            listener.accept(text.substring(heard.length()));
            heard = text;
        }
    }

    /** Without what the next token may still change: half a character, or the start of a stop. */
    private String sayable(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == UNFINISHED) {
            end--;
        }
        for (int at = Math.max(0, end - longestStop()); at < end; at++) {
            String rest = text.substring(at, end);
            if (stop.stream().anyMatch(s -> s.startsWith(rest))) {
                return text.substring(0, at);
            }
        }
        return text.substring(0, end);
    }

    private int longestStop() {
        return stop.stream().mapToInt(String::length).max().orElse(0);
    }

    /** Where the first stop text begins. */
    private OptionalInt end(String text) {
        return stop.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min();
    }

    private String text() {
        return tokenizer.decode(ids.stream().mapToInt(Integer::intValue).toArray());
    }

    /** What to feed next; an ended row is fed its last token again, which nobody reads. */
    int lastToken() {
        return ids.isEmpty() ? 0 : ids.getLast();
    }

    Generation answer() {
        String text = text();
        return new Generation(
                text.substring(0, end(text).orElse(text.length())),
                promptTokens,
                ids.size(),
                stopped ? FinishReason.STOP : FinishReason.LENGTH);
    }
}
