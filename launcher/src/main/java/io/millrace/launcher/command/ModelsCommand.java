package io.millrace.launcher.command;

import io.millrace.launcher.history.ModelHistory;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.schemas.Candidate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints every model that was trained, and what became of it. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints every trained model, its verdict and whether it is live.")
final class ModelsCommand implements Runnable {

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    record Model(
            String version,
            String window,
            @Nullable String parent,
            double trainLoss,
            @Nullable String verdict,
            @Nullable String state,
            String adapterDigest) {}

    @Override
    public void run() {
        List<Model> models;
        try (KafkaAccess kafka = options.question()) {
            ModelHistory history = ModelHistory.read(kafka.settings());
            models = history.candidates().stream().map(c -> model(c, history)).toList();
        }
        answer.print(models, text(models));
    }

    private static Model model(Candidate candidate, ModelHistory history) {
        return new Model(
                candidate.modelVersion().value(),
                candidate.windowId().value(),
                candidate.parent() == null ? null : candidate.parent().value(),
                candidate.trainLoss(),
                history.verdict(candidate.modelVersion())
                        .map(v -> Wire.word(v.outcome()))
                        .orElse(null),
                history.standing(candidate.modelVersion())
                        .map(d -> Wire.word(d.state()))
                        .orElse(null),
                candidate.adapterDigest().hex());
    }

    private static String text(List<Model> models) {
        if (models.isEmpty()) {
            return "no model has been trained yet\n";
        }
        Table table = new Table("MODEL", "WINDOW", "PARENT", "LOSS", "VERDICT", "STATE", "ADAPTER");
        for (Model model : models) {
            table.row(
                    model.version(),
                    model.window(),
                    model.parent() == null ? "(base)" : model.parent(),
                    String.format(Locale.ROOT, "%.3f", model.trainLoss()),
                    model.verdict() == null ? "-" : model.verdict(),
                    model.state() == null ? "-" : model.state(),
                    model.adapterDigest().substring(0, 12));
        }
        return table.toString();
    }
}
