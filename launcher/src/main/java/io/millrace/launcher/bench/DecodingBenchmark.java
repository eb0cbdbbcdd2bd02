package io.millrace.launcher.bench;

import io.millrace.model.Generation;
import io.millrace.model.GenerationOptions;
import io.millrace.model.LanguageModel;
import io.millrace.model.chat.ChatMessage;
import io.millrace.model.decoder.Precision;
import io.millrace.model.torch.MatrixProducts;
import io.millrace.model.torch.Torch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Greedy answers of a model of SmolLM2-135M's shape, one alone and eight at once. After each the
 * machine's products of few rows with many weights are timed, for decoding can be no faster than
 * its weights are read: the ratio to them says the same on a busy machine as on a quiet one.
 */
public final class DecodingBenchmark implements Benchmark {

    private static final int TOKENS = 64;
    private static final int WARM_UP = 2;
    private static final int ROUNDS = 9;
    private static final int BATCH = 8;
    private static final Duration PRODUCTS = Duration.ofMillis(300);
    private static final List<ChatMessage> PROMPT =
            List.of(ChatMessage.user("Where is the card that you sent me last week?"));

    /**
     * One round, and the products right after it.
     *
     * @param ceiling tokens a second of nothing but products
     */
    private record Timed(double tokensPerSecond, double ceiling) {

        double share() {
            return tokensPerSecond / ceiling;
        }
    }

    @Override
    public String name() {
        return "decoding";
    }

    @Override
    public String description() {
        return "tokens/s of greedy answers, one alone and eight at once, beside their products";
    }

    @Override
    public List<Figure> run(Consumer<String> progress) {
        Torch.useAllCores();
        try (ScratchDirectory scratch = ScratchDirectory.create();
                MatrixProducts products = new MatrixProducts()) {
            Path directory = scratch.path().resolve("model");
            progress.accept("a random model of 135 M parameters");
            RandomModel.write(directory, RandomModel.SMOLLM2_135M);
            progress.accept("%d tokens an answer".formatted(TOKENS));
            return Stream.of(Precision.BF16, Precision.F32)
                    .flatMap(precision -> figures(directory, precision, products).stream())
                    .toList();
        }
    }

    private static List<Figure> figures(
            Path directory, Precision precision, MatrixProducts products) {
        try (LanguageModel model = LanguageModel.open(directory, precision)) {
            return List.of(
                    figure("one answer, " + precision, model, 1, products),
                    figure("eight at once, " + precision, model, BATCH, products));
        }
    }

    /** The round in the middle, by its ratio to the products beside it; prompts are included. */
    private static Figure figure(
            String name, LanguageModel model, int batch, MatrixProducts products) {
        Timed middle =
                Stream.generate(() -> round(model, batch, products))
                        .limit(WARM_UP + ROUNDS)
                        .skip(WARM_UP)
                        .sorted(Comparator.comparingDouble(Timed::share))
                        .toList()
                        .get(ROUNDS / 2);
        return Figure.beside(
                middle.ceiling(),
                name + ", beside nothing but BF16 products",
                middle.tokensPerSecond(),
                "tokens/s");
    }

    private static Timed round(LanguageModel model, int batch, MatrixProducts products) {
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
        double rate = tokens * 1e9 / (System.nanoTime() - began);
        double passes = products.weights(batch, PRODUCTS) / RandomModel.SMOLLM2_135M.parameters();
        return new Timed(rate, batch * passes);
    }
}
