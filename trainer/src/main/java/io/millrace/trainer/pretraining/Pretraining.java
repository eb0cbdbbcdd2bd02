package io.millrace.trainer.pretraining;

import io.millrace.model.chat.ChatFormat;
import io.millrace.model.chat.ChatFormats;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Precision;
import io.millrace.model.tokenizer.BytePairTrainer;
import io.millrace.model.tokenizer.Tokenizer;
import io.millrace.model.tokenizer.TokenizerFile;
import io.millrace.model.training.FullTrainer;
import io.millrace.model.training.StepResult;
import io.millrace.trainer.training.Batches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * The recipe of the shipped base: train a tokenizer, then a decoder from scratch, and write a model
 * directory.
 */
public final class Pretraining {

    private static final List<String> SPECIAL =
            List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");
    private static final int END_OF_TEXT = 0;
    private static final int VOCABULARY = 4096;
    private static final Batches BATCHES = new Batches(2048);
    private static final int LONGEST = 192;
    private static final double PEAK_RATE = 2e-3;
    private static final double WARM_UP = 0.02;

    /** The shape: 3.2 M parameters, 6.4 MB in bfloat16. */
    private static final ModelConfig SHAPE =
            new ModelConfig(VOCABULARY, 192, 6, 6, 3, 32, 512, 1e-5, 10_000, 512, true);

    /**
     * How far it is.
     *
     * @param share of all steps, 0 to 1
     * @param loss mean over the steps since the last report, nats per learned token
     */
    public record Progress(double share, double loss, double tokensPerSecond) {}

    private Pretraining() {}

    /**
     * Writes {@code config.json}, {@code tokenizer.json}, {@code tokenizer_config.json} and {@code
     * model.safetensors}.
     *
     * @param sources folder with {@code handbook.txt} and {@code desks.jsonl}
     * @param epochs times that WordNet is read
     */
    public static void run(
            Path sources, Path output, int epochs, long seed, Consumer<Progress> progress)
            throws IOException {
        Files.createDirectories(output);
        Corpus corpus = new Corpus(sources);
        Files.writeString(
                output.resolve("tokenizer.json"),
                TokenizerFile.toJson(BytePairTrainer.train(SPECIAL, VOCABULARY, corpus.texts())));
        Files.writeString(
                output.resolve("tokenizer_config.json"),
                ChatFormat.tokenizerConfig(SHAPE, SPECIAL.get(END_OF_TEXT)));
        Files.writeString(output.resolve("config.json"), SHAPE.toJson());
        try (Tokenizer tokenizer = Tokenizer.read(output);
                FullTrainer trainer = new FullTrainer(SHAPE, Precision.BF16, seed)) {
            SplittableRandom random = new SplittableRandom(seed);
            List<List<Tokens>> batches = new ArrayList<>();
            for (int epoch = 0; epoch < epochs; epoch++) {
                batches.addAll(
                        BATCHES.epoch(encode(corpus.epoch(random), tokenizer), random.nextLong()));
            }
            train(trainer, batches, progress);
            trainer.save(output.resolve("model.safetensors"));
        }
    }

    private static void train(
            FullTrainer trainer, List<List<Tokens>> batches, Consumer<Progress> progress) {
        double loss = 0;
        long tokens = 0;
        int reported = 0;
        long since = System.nanoTime();
        for (int step = 0; step < batches.size(); step++) {
            StepResult result = trainer.step(batches.get(step), rate(step, batches.size()));
            loss += result.loss();
            tokens += result.tokens();
            if ((step + 1) % 50 == 0 || step + 1 == batches.size()) {
                double seconds = (System.nanoTime() - since) / 1e9;
                int steps = step + 1 - reported;
                progress.accept(
                        new Progress(
                                (step + 1.0) / batches.size(), loss / steps, tokens / seconds));
                loss = 0;
                tokens = 0;
                reported = step + 1;
                since = System.nanoTime();
            }
        }
    }

    /** Linear warm-up, then a cosine down to a tenth of the peak. */
    private static double rate(int step, int steps) {
        double share = (double) step / steps;
        if (share < WARM_UP) {
            return PEAK_RATE * (share / WARM_UP + 1e-3);
        }
        double cosine = 0.5 * (1 + Math.cos(Math.PI * (share - WARM_UP) / (1 - WARM_UP)));
        return PEAK_RATE * (0.1 + 0.9 * cosine);
    }

    private static List<Tokens> encode(List<Corpus.Document> documents, Tokenizer tokenizer) {
        ChatFormat format = ChatFormat.of(ChatFormats.named("chatml"), tokenizer);
        return documents.stream()
                .map(document ->
                        switch (document) {
                            case Corpus.Prose prose -> prose(tokenizer, prose.text());
                            case Corpus.Exchange exchange ->
                                    format.example(exchange.prompt(), exchange.answer());
                        })
                .filter(tokens -> tokens.length() <= LONGEST)
                .toList();
    }

    private static Tokens prose(Tokenizer tokenizer, String text) {
        int[] ids = tokenizer.encodeText(text);
        int[] ended = Arrays.copyOf(ids, Math.min(ids.length, LONGEST - 1) + 1);
        ended[ended.length - 1] = END_OF_TEXT;
        return new Tokens(ended, 1);
    }
}
