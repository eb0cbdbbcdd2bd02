package io.millrace.launcher.command;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.ingest.importer.Rows;
import io.millrace.launcher.demo.Account;
import io.millrace.model.LanguageModel;
import io.millrace.model.torch.Torch;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.ExampleSource;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.TrainingProgress;
import io.millrace.trainer.OfflineRun;
import io.millrace.trainer.dataset.Dataset;
import io.millrace.trainer.training.RunResult;
import io.millrace.trainer.training.TrainingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fine-tunes a model on a file, without Kafka. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Fine-tunes a Hugging Face model on a file: a LoRA adapter in PEFT's format comes out. The same model,"
                        + " file, options and threads give the same bytes.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the adapter is there",
            "1:nothing could be learned, training diverged or was stopped; nothing was written",
            "2:the options or the file make no sense"
        })
final class TrainCommand implements Callable<Integer> {

    private static final int ROWS_NAMED = 5;
    private static final int STEPS = 1000;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR",
            description = "config.json, safetensors and tokenizer.json of the model to tune")
    private Path model = Path.of("");

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description =
                    "chat messages, Alpaca, Dolly, ShareGPT, Open Assistant trees or CSV, as 'millrace import' reads"
                            + " them")
    private Path data = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "a new directory for adapter_config.json and adapter_model.safetensors")
    private Path output = Path.of("");

    @Option(
            names = "--adapter",
            paramLabel = "DIR",
            description = "goes on from this adapter (default: from a fresh one)")
    private @Nullable Path parent;

    @Option(
            names = "--instruction",
            paramLabel = "TEXT",
            description = "what to do with each text of a CSV file (default: \"${DEFAULT-VALUE}\")")
    private String instruction = "Name the category of this message.";

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "passes over the file (default: ${DEFAULT-VALUE})")
    private int epochs = 3;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            description = "at its peak, after a twentieth of the steps (default: ${DEFAULT-VALUE})")
    private double learningRate = 2e-4;

    @Mixin private AdapterOptions adapter = new AdapterOptions();

    @Option(
            names = "--batch-tokens",
            paramLabel = "N",
            description = "most tokens of a step, padding included (default: ${DEFAULT-VALUE})")
    private int batchTokens = 1024;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description =
                    "a longer example is refused; the model's context limits it, too (default: ${DEFAULT-VALUE})")
    private int maxTokens = 1024;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "of the adapter, its dropout and the order (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "of the engine (default: one a core, here ${DEFAULT-VALUE})")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--strict", description = "trains only if every row can be used")
    private boolean strict;

    @Mixin private AnswerOption answer = new AnswerOption();

    /**
     * What came of it.
     *
     * @param trainLoss mean of the last epoch, nats per response token
     * @param refused examples left out, and why; empty when there were none
     */
    record Trained(
            String adapter,
            int examples,
            int badRows,
            String refused,
            double trainLoss,
            double seconds) {}

    @Override
    public Integer call() {
        TrainingConfig config = config();
        adapter.check();
        requireRoom();
        Account account = Account.on(System.err);
        Rows rows = Rows.read(data, instruction);
        tell(rows, account);
        System.setProperty(Torch.THREADS, Integer.toString(threads));
        long began = System.nanoTime();
        try (StopSignal stop = new StopSignal();
                LanguageModel base = LanguageModel.open(model)) {
            Dataset dataset = dataset(rows.examples());
            RunResult result = train(base, dataset, config, account, stop);
            double seconds = (System.nanoTime() - began) / 1e9;
            return switch (result) {
                case RunResult.Trained trained -> {
                    conclude(
                            new Trained(
                                    output.toString(),
                                    dataset.examples().size(),
                                    rows.bad().size(),
                                    trained.refusals(),
                                    trained.trainLoss(),
                                    seconds));
                    yield 0;
                }
                case RunResult.Untrainable(String reason) ->
                        throw new MillraceException(
                                "nothing to learn from in " + data + ": " + reason);
                case RunResult.Failed(String reason) ->
                        throw new MillraceException("training diverged: " + reason);
                case RunResult.Abandoned() ->
                        throw new MillraceException("stopped: nothing was written");
            };
        }
    }

    private TrainingConfig config() {
        return new TrainingConfig(
                epochs,
                batchTokens,
                learningRate,
                0.05,
                0,
                1,
                0,
                adapter.rank(),
                adapter.alpha(),
                0,
                maxTokens,
                seed,
                threads,
                TrainingConfig.defaults().license());
    }

    private void requireRoom() {
        if (Files.exists(output)) {
            throw new UsageException(
                    "--out: %s is there already: name a new directory".formatted(output));
        }
    }

    private void tell(Rows rows, Account account) {
        for (Rows.BadRow bad : rows.bad().subList(0, Math.min(ROWS_NAMED, rows.bad().size()))) {
            account.line("%s: line %d %s", data, bad.line(), bad.reason());
        }
        if (!rows.bad().isEmpty()) {
            account.line("%,d rows of %s can't be used", rows.bad().size(), data);
            if (strict) {
                throw new UsageException(
                        "--strict: %s has %,d rows that can't be used: mend or remove them"
                                .formatted(data, rows.bad().size()));
            }
        }
        if (rows.examples().isEmpty()) {
            throw new UsageException(data + " holds no example that can be used");
        }
    }

    /** Examples are named by their line, and by their place where a line holds several. */
    private static Dataset dataset(List<LabelledExample> rows) {
        List<Example> examples = new ArrayList<>();
        long line = 0;
        int place = 0;
        for (LabelledExample row : rows) {
            place = row.line() == line ? place + 1 : 1;
            line = row.line();
            String id = "line-" + line + (place == 1 ? "" : "-" + place);
            examples.add(
                    new Example(
                            new ExampleId(id),
                            ExampleSource.DEMONSTRATION,
                            id,
                            new PrincipalId("file"),
                            row.messages(),
                            row.answer(),
                            List.of(),
                            null,
                            0));
        }
        return new Dataset(examples, examples.size(), 0, 0);
    }

    private RunResult train(
            LanguageModel base,
            Dataset dataset,
            TrainingConfig config,
            Account account,
            StopSignal stop) {
        try (Account.Bar bar = account.bar("training, per mille", STEPS)) {
            return new OfflineRun(adapter.of(base), Clock.systemUTC(), showing(bar), stop::given)
                    .train(dataset, parent, config, output);
        }
    }

    private static Consumer<TrainingProgress> showing(Account.Bar bar) {
        return progress ->
                bar.at(
                        Math.round((double) STEPS * progress.step() / progress.totalSteps()),
                        String.format(
                                Locale.ROOT,
                                "epoch %.1f, loss %.3f, %.0f tokens/s",
                                progress.epoch(),
                                progress.loss(),
                                progress.tokensPerSecond()));
    }

    private void conclude(Trained trained) {
        String refused = trained.refused().isEmpty() ? "" : "%s%n".formatted(trained.refused());
        answer.print(
                trained,
                "%s%,d examples, loss %.3f in the last epoch, %.0f s: the adapter is in %s%n"
                        .formatted(
                                refused,
                                trained.examples(),
                                trained.trainLoss(),
                                trained.seconds(),
                                trained.adapter()));
    }
}
