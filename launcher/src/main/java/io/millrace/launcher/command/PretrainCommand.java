package io.millrace.launcher.command;

import io.millrace.launcher.demo.Account;
import io.millrace.model.torch.Torch;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.UsageException;
import io.millrace.trainer.pretraining.Pretraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes a base model like the shipped one. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes the shipped base model again: tokenizer and weights from scratch, about 40 minutes on two"
                        + " cores.")
final class PretrainCommand implements Callable<Integer> {

    private static final int STEPS = 1000;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description =
                    "a new directory for config.json, tokenizer.json, tokenizer_config.json and model.safetensors")
    private Path output = Path.of("");

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "passes over WordNet (default: ${DEFAULT-VALUE})")
    private int epochs = 5;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of weights and order (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "of the engine (default: one a core, here ${DEFAULT-VALUE})")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() {
        if (epochs < 1) {
            throw new UsageException("--epochs must be at least 1");
        }
        if (threads < 1) {
            throw new UsageException("--threads must be at least 1");
        }
        if (Files.exists(output.resolve("model.safetensors"))) {
            throw new UsageException(output + " already holds a model: name a new directory");
        }
        System.setProperty(Torch.THREADS, Integer.toString(threads));
        Path sources = Home.resolve("trainer/data/pretraining");
        Account account = Account.on(System.out);
        account.chapter("Tokenizer and corpus");
        try (Account.Bar bar = account.bar("pretrain", STEPS)) {
            Pretraining.run(
                    sources,
                    output,
                    epochs,
                    seed,
                    progress ->
                            bar.at(
                                    Math.round(progress.share() * STEPS),
                                    String.format(
                                            Locale.ROOT,
                                            "loss %.3f, %.0f tokens/s",
                                            progress.loss(),
                                            progress.tokensPerSecond())));
        } catch (IOException e) {
            throw new MillraceException("pretraining stopped: " + e.getMessage(), e);
        }
        account.line("the model is in %s", output);
        return 0;
    }
}
