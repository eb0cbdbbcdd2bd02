package io.millrace.launcher.bench;

import io.millrace.model.LanguageModel;
import io.millrace.model.chat.Tokens;
import io.millrace.model.config.ModelConfig;
import io.millrace.model.decoder.Linear;
import io.millrace.model.decoder.Precision;
import io.millrace.model.lora.LoraConfig;
import io.millrace.model.lora.LoraFiles;
import io.millrace.model.torch.MatrixProducts;
import io.millrace.model.torch.Torch;
import io.millrace.model.training.FullTrainer;
import io.millrace.model.training.LoraTrainer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Training steps in bfloat16 with loss on every token: a LoRA adapter beside a model of
 * SmolLM2-135M's shape, then every weight of a small one. After each step the machine's bfloat16
 * matrix products are timed, for a step can be no faster than its products: the ratio to them says
 * the same on a busy machine as on a quiet one.
 */
public final class TrainingBenchmark implements Benchmark {

    private static final int WARM_UP = 3;
    private static final int STEPS = 15;
    private static final Duration PRODUCTS = Duration.ofMillis(300);
    private static final double RATE = 1e-4;
    private static final LoraConfig LORA = LoraConfig.allLinear(16, 32);
    private static final int SEED = 1;

    /** Of a sequence, in tokens. */
    private static final int LENGTH = 256;

    /** One step on a batch. */
    private interface Step {
        void on(List<Tokens> batch);
    }

    /**
     * One step, and the products right after it.
     *
     * @param flops operations of products a second, those of the step
     * @param peak of nothing but products
     */
    private record Timed(double tokensPerSecond, double flops, double peak) {

        double share() {
            return flops / peak;
        }
    }

    @Override
    public String name() {
        return "training";
    }

    @Override
    public String description() {
        return "tokens/s of LoRA and of full training, beside the machine's matrix products";
    }

    @Override
    public List<Figure> run(Consumer<String> progress) {
        Torch.useAllCores();
        try (MatrixProducts products = new MatrixProducts()) {
            progress.accept("a LoRA adapter on 135 M parameters, 4 × 256 tokens");
            Timed lora = lora(products);
            progress.accept("all weights, 10 M parameters, 16 × 256 tokens");
            Timed full = full(products);
            return Stream.concat(
                            figures("LoRA r=16 on 135 M", lora),
                            figures("all weights of 10 M", full))
                    .toList();
        }
    }

    private static Stream<Figure> figures(String name, Timed timed) {
        return Stream.of(
                Figure.of(name, timed.tokensPerSecond(), "tokens/s"),
                Figure.beside(
                        timed.peak() / 1e9,
                        name + ", its products beside nothing but products",
                        timed.flops() / 1e9,
                        "GFLOP/s"));
    }

    private static Timed lora(MatrixProducts products) {
        try (ScratchDirectory scratch = ScratchDirectory.create()) {
            Path directory = scratch.path().resolve("model");
            RandomModel.write(directory, RandomModel.SMOLLM2_135M);
            try (LanguageModel model = LanguageModel.open(directory);
                    LoraTrainer trainer = LoraTrainer.start(model, null, LORA, SEED)) {
                return measure(
                        batch(RandomModel.SMOLLM2_135M, 4),
                        adapterFlops(RandomModel.SMOLLM2_135M),
                        b -> trainer.step(b, RATE),
                        products);
            }
        }
    }

    private static Timed full(MatrixProducts products) {
        try (FullTrainer trainer = new FullTrainer(RandomModel.TEN_MILLION, Precision.BF16, SEED)) {
            return measure(
                    batch(RandomModel.TEN_MILLION, 16),
                    fullFlops(RandomModel.TEN_MILLION),
                    b -> trainer.step(b, RATE),
                    products);
        }
    }

    /**
     * The step in the middle, by its ratio to the products beside it.
     *
     * @param flops of a token
     */
    private static Timed measure(
            List<Tokens> batch, double flops, Step step, MatrixProducts products) {
        int tokens = batch.stream().mapToInt(Tokens::length).sum();
        for (int i = 0; i < WARM_UP; i++) {
            step.on(batch);
        }
        return Stream.generate(
                        () -> {
                            long began = System.nanoTime();
                            step.on(batch);
                            double rate = tokens * 1e9 / (System.nanoTime() - began);
                            return new Timed(rate, rate * flops, products.flops(PRODUCTS));
                        })
                .limit(STEPS)
                .sorted(Comparator.comparingDouble(Timed::share))
                .toList()
                .get(STEPS / 2);
    }

    private static List<Tokens> batch(ModelConfig shape, int sequences) {
        SplittableRandom random = new SplittableRandom(SEED);
        return IntStream.range(0, sequences)
                .mapToObj(i -> new Tokens(random.ints(LENGTH, 0, shape.vocabSize()).toArray(), 1))
                .toList();
    }

    /**
     * Operations of products for a token, counted as for PaLM's utilisation (Chowdhery et al. 2022,
     * appendix B). Frozen weights have no gradient: two a weight forward, two back to the inputs.
     */
    private static double adapterFlops(ModelConfig shape) {
        long adapters =
                LoraFiles.slots(shape, LORA).stream()
                        .mapToLong(
                                slot -> slot.linear().inputs(shape) + slot.linear().outputs(shape))
                        .map(width -> width * LORA.rank())
                        .sum();
        return 4 * multiplied(shape) + 6.0 * adapters + attention(shape);
    }

    /** Two more a weight, for its gradient. */
    private static double fullFlops(ModelConfig shape) {
        return 6 * multiplied(shape) + attention(shape);
    }

    /** Weights that every token is multiplied with: all but the embedding, which is looked up. */
    private static double multiplied(ModelConfig shape) {
        long block = 0;
        for (Linear linear : Linear.values()) {
            block += (long) linear.inputs(shape) * linear.outputs(shape);
        }
        return (double) shape.layers() * block + (double) shape.vocabSize() * shape.hiddenSize();
    }

    private static double attention(ModelConfig shape) {
        return 12.0 * shape.layers() * shape.heads() * shape.headDim() * LENGTH;
    }
}
