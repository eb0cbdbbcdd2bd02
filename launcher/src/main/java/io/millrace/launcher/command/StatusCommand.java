package io.millrace.launcher.command;

import io.millrace.launcher.history.ModelHistory;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.Verdict;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints where the loop stands. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Prints which model is live, the last window, the last verdict and what waits.")
final class StatusCommand implements Runnable {

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    record Status(
            String kafka,
            @Nullable Deployment champion,
            int windows,
            @Nullable TrainingWindow lastWindow,
            @Nullable Verdict lastVerdict,
            int untrainedExamples) {}

    @Override
    public void run() {
        try (KafkaAccess kafka = options.question()) {
            ModelHistory history = ModelHistory.read(kafka.settings());
            Status status =
                    new Status(
                            kafka.settings().bootstrapServers(),
                            history.live().orElse(null),
                            history.windows().size(),
                            history.windows().isEmpty() ? null : history.windows().getLast(),
                            history.verdicts().isEmpty() ? null : history.verdicts().getLast(),
                            history.untrained(kafka.settings()));
            answer.print(status, text(status));
        }
    }

    private static String text(Status status) {
        return """
        champion  %s
        window    %s
        verdict   %s
        waiting   %,d examples that no window holds yet
        """
                .formatted(
                        champion(status.champion()),
                        window(status.lastWindow()),
                        verdict(status.lastVerdict()),
                        status.untrainedExamples());
    }

    private static String champion(@Nullable Deployment live) {
        return live == null
                ? "the bare base model"
                : "%s, live since %s, adapter %s"
                        .formatted(
                                live.modelVersion(),
                                live.occurredAt().truncatedTo(ChronoUnit.SECONDS),
                                live.adapterDigest().brief());
    }

    private static String window(@Nullable TrainingWindow last) {
        return last == null
                ? "none yet"
                : "%s: %s, %,d new examples and %,d replayed"
                        .formatted(
                                last.windowId(),
                                Wire.word(last.outcome()),
                                last.examples(),
                                last.replayed());
    }

    private static String verdict(@Nullable Verdict last) {
        return last == null
                ? "none yet"
                : "%s of %s: %s"
                        .formatted(Wire.word(last.outcome()), last.modelVersion(), last.reason());
    }
}
