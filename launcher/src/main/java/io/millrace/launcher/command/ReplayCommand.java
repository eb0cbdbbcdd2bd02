package io.millrace.launcher.command;

import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.model.LanguageModel;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Sha256;
import io.millrace.schemas.WindowId;
import io.millrace.trainer.Replay;
import io.millrace.trainer.ReplayResult;
import io.millrace.trainer.training.LoraBase;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Trains a past window again and compares. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Trains a past window again; exit code 0 only if the same bytes come out and the stored ones are unaltered.")
final class ReplayCommand implements Callable<Integer> {

    @Parameters(paramLabel = "WINDOW", description = "as 'millrace models' prints it, such as w1")
    private String window = "";

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private ModelOption model = new ModelOption();

    @Mixin private AnswerOption answer = new AnswerOption();

    @Override
    public Integer call() {
        WindowId id = id();
        try (KafkaAccess kafka = options.question();
                LanguageModel base = LanguageModel.open(model.directory())) {
            ArtefactStore store = new ArtefactStore(options.dataDirectory().resolve("artefacts"));
            ReplayResult result =
                    new Replay(
                                    kafka.settings(),
                                    new LoraBase(base),
                                    store,
                                    Clock.systemUTC(),
                                    progress -> {})
                            .replay(id);
            answer.print(result, text(result));
            return result.matches() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private WindowId id() {
        try {
            return new WindowId(window);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'%s' is no window: %s".formatted(window, e.getMessage()), e);
        }
    }

    private static String text(ReplayResult result) {
        String remade =
                "%s  dataset %s%n%s  adapter %s%n"
                        .formatted(
                                result.window(),
                                compared(result.expectedDataset(), result.actualDataset()),
                                result.window(),
                                compared(result.expectedAdapter(), result.actualAdapter()));
        return result.altered().stream()
                .map(artefact ->
                        "%s  stored artefact %s was ALTERED: restore it or train again%n"
                                .formatted(result.window(), artefact))
                .collect(Collectors.joining("", remade, ""));
    }

    private static String compared(Sha256 expected, Sha256 actual) {
        return expected.equals(actual)
                ? "%s: the same bytes".formatted(actual)
                : "%s, was %s: NOT the same".formatted(actual, expected);
    }
}
