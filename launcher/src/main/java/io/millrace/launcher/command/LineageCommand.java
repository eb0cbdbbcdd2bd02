package io.millrace.launcher.command;

import io.millrace.launcher.history.ModelHistory;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.SliceVerdict;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what a model was made from, back to the base. */
@Command(
        name = "lineage",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints what a model was made from: windows, datasets, parents, verdicts.")
final class LineageCommand implements Runnable {

    @Parameters(paramLabel = "VERSION", description = "as 'millrace models' prints it")
    private String version = "";

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    /** One generation. */
    record Generation(
            Candidate candidate, @Nullable TrainingWindow window, @Nullable Verdict verdict) {}

    @Override
    public void run() {
        List<Generation> generations;
        try (KafkaAccess kafka = options.question()) {
            ModelHistory history = ModelHistory.read(kafka.settings());
            generations =
                    history.ancestry(known(history)).stream()
                            .map(candidate -> generation(candidate, history))
                            .toList();
        }
        answer.print(
                generations,
                generations.stream().map(LineageCommand::text).collect(Collectors.joining("\n")));
    }

    private ModelVersion known(ModelHistory history) {
        return history.candidates().stream()
                .map(Candidate::modelVersion)
                .filter(candidate -> candidate.value().equals(version))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException(
                                "there is no model %s: 'millrace models' prints those there are"
                                        .formatted(version)));
    }

    private static Generation generation(Candidate candidate, ModelHistory history) {
        return new Generation(
                candidate,
                history.window(candidate.windowId()).orElse(null),
                history.verdict(candidate.modelVersion()).orElse(null));
    }

    private static String text(Generation generation) {
        Candidate candidate = generation.candidate();
        StringBuilder text = new StringBuilder();
        text.append(
                "%s  adapter %s, trained from %s%n"
                        .formatted(
                                candidate.modelVersion(),
                                candidate.adapterDigest().brief(),
                                candidate.parent() == null
                                        ? "base model %s (%s)"
                                                .formatted(
                                                        candidate.base(),
                                                        candidate.baseDigest().brief())
                                        : candidate.parent()));
        TrainingWindow window = generation.window();
        if (window != null) {
            text.append(
                    "  window   %s: %,d new examples, %,d replayed from %s%n"
                            .formatted(
                                    window.windowId(),
                                    window.examples(),
                                    window.replayed(),
                                    window.replayWindows().isEmpty()
                                            ? "none"
                                            : window.replayWindows()));
            text.append("  ranges   %s%n".formatted(ranges(window.ranges())));
        }
        text.append(
                "  dataset  %s, settings %s, seed %d%n"
                        .formatted(
                                candidate.datasetSha256().brief(),
                                candidate.configSha256().brief(),
                                candidate.seed()));
        Verdict verdict = generation.verdict();
        if (verdict != null) {
            text.append(
                    "  verdict  %s: %s%n"
                            .formatted(Wire.word(verdict.outcome()), verdict.reason()));
            verdict.slices().forEach(slice -> text.append(text(slice)));
        }
        return text.toString();
    }

    private static String text(SliceVerdict slice) {
        return String.format(
                Locale.ROOT,
                "           %s: %.3f to %.3f on %d prompts (change %+.3f, 95%% from %+.3f to %+.3f)%n",
                slice.slice(),
                slice.champion(),
                slice.challenger(),
                slice.n(),
                slice.change(),
                slice.low(),
                slice.high());
    }

    private static String ranges(List<OffsetRange> ranges) {
        return ranges.stream()
                .filter(range -> range.span() > 0)
                .map(r -> "%s-%d [%d, %d)".formatted(r.topic(), r.partition(), r.from(), r.to()))
                .collect(Collectors.joining(", "));
    }
}
