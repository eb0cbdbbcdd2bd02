package io.millrace.model;

import io.millrace.model.config.ModelConfig;
import io.millrace.model.config.ModelException;
import io.millrace.model.decoder.Decoder;
import io.millrace.model.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Token by token from prompts to answers, prompts of like length together. */
final class Generator {

    private static final int MAX_BATCH = 32;

    private final Decoder decoder;
    private final ModelConfig config;
    private final Tokenizer tokenizer;
    private final int endToken;
    private final Decoder.Weighting weights;
    private final @Nullable Consumer<String> listener;

    /**
     * @param listener hears every answer piece by piece, if there is one
     */
    Generator(
            Decoder decoder,
            ModelConfig config,
            Tokenizer tokenizer,
            int endToken,
            Decoder.Weighting weights,
            @Nullable Consumer<String> listener) {
        this.decoder = decoder;
        this.config = config;
        this.tokenizer = tokenizer;
        this.endToken = endToken;
        this.weights = weights;
        this.listener = listener;
    }

    List<Generation> generate(List<int[]> prompts, GenerationOptions options) {
        for (int[] prompt : prompts) {
            if (prompt.length >= config.maxPositions()) {
                throw new ModelException(
                        "the prompt has "
                                + prompt.length
                                + " tokens; this model's context is "
                                + config.maxPositions());
            }
        }
        List<Integer> byLength =
                IntStream.range(0, prompts.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> prompts.get(i).length))
                        .toList();
        Generation[] answers = new Generation[prompts.size()];
        for (int from = 0; from < byLength.size(); from += MAX_BATCH) {
            List<Integer> rows =
                    byLength.subList(from, Math.min(from + MAX_BATCH, byLength.size()));
            List<Generation> batch = batch(rows.stream().map(prompts::get).toList(), rows, options);
            for (int i = 0; i < rows.size(); i++) {
                answers[rows.get(i)] = batch.get(i);
            }
        }
        return List.of(answers);
    }

    private List<Generation> batch(
            List<int[]> prompts, List<Integer> positions, GenerationOptions options) {
        int longest = prompts.stream().mapToInt(p -> p.length).max().orElseThrow();
        int capacity = longest + Math.min(options.maxTokens(), config.maxPositions() - longest);
        List<Answering> rows = new ArrayList<>();
        for (int i = 0; i < prompts.size(); i++) {
            int[] prompt = prompts.get(i);
            int room = capacity - prompt.length;
            rows.add(
                    new Answering(
                            tokenizer,
                            endToken,
                            prompt,
                            room,
                            options,
                            positions.get(i),
                            listener));
        }
        try (Decoder.Session session = decoder.session(weights, prompts.size(), capacity)) {
            float[] logits = session.prefill(prompts);
            while (choose(rows, logits)) {
                logits = session.decode(rows.stream().mapToInt(Answering::lastToken).toArray());
            }
        }
        return rows.stream().map(Answering::answer).toList();
    }

    /** Gives each open row its next token; false when none is open any more. */
    private static boolean choose(List<Answering> rows, float[] logits) {
        int vocabulary = logits.length / rows.size();
        boolean open = false;
        for (int i = 0; i < rows.size(); i++) {
            float[] own = Arrays.copyOfRange(logits, i * vocabulary, (i + 1) * vocabulary);
            open |= rows.get(i).take(own);
        }
        return open;
    }
}
