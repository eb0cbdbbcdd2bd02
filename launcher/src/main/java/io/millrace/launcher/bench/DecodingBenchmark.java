package io.millrace.launcher.bench;

import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.decoder.Precision;
import io.millrace.model.torch.Torch;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Greedy answers of a model of SmolLM2-135M's shape, one alone and eight at once. */
public final class DecodingBenchmark implements Benchmark {

    private static final int TOKENS = 64;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 7;
    private static final int BATCH = 8;
    private static final List<ChatMessage> PROMPT =
            List.of(ChatMessage.user("Where is the card that you sent me last week?"));

    @Override
    public String name() {
        return "decoding";
    }

    @Override
    public String description() {
        return "tokens/s of greedy answers with a KV cache, one alone and eight at once";
    }

    @Override
    public List<Figure> run(Consumer<String> progress) {
        Torch.useAllCores();
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            Path directory = scratch.path().resolve("model");
            progress.accept("a random model of 135 M parameters");
            RandomModel.write(directory, RandomModel.SMOLLM2_135M);
            progress.accept("%d tokens an answer".formatted(TOKENS));
            return Stream.of(Precision.F32, Precision.BF16)
                    .flatMap(precision -> figures(directory, precision).stream())
                    .toList();
        }
    }

    private static List<Figure> figures(Path directory, Precision precision) {
        try (LanguageModel model = LanguageModel.open(directory, precision)) {
            return List.of(
                    Figure.of("one answer, " + precision, tokensPerSecond(model, 1), "tokens/s"),
                    Figure.of(
                            "eight at once, " + precision,
                            tokensPerSecond(model, BATCH),
                            "tokens/s"));
        }
    }

    /** In the middle of the rounds, prompts included. */
    private static double tokensPerSecond(LanguageModel model, int batch) {
        return Stream.generate(() -> round(model, batch))
                .limit(WARM_UP + ROUNDS)
                .skip(WARM_UP)
                .sorted(Comparator.naturalOrder())
                .toList()
                .get(ROUNDS / 2);
    }

    private static double round(LanguageModel model, int batch) {
        long began = System.nanoTime();
        int tokens =
                model
                        .generate(
                                Collections.nCopies(batch, PROMPT),
                                GenerationOptions.greedy(TOKENS),
                                null)
                        .stream()
                        .mapToInt(Generation::responseTokens)
                        .sum();
        return tokens * 1e9 / (System.nanoTime() - began);
    }
}
