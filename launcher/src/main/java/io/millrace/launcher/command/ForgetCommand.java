package io.millrace.launcher.command;

import io.millrace.launcher.history.ModelHistory;
import io.millrace.launcher.operator.Forgetting;
import io.millrace.launcher.operator.Forgetting.Seen;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.runtime.KafkaSettings;
import io.millrace.schemas.Erasure;
import io.millrace.schemas.PrincipalId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Forgets a person, and says which models have seen what they said. */
@Command(
        name = "forget",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Keeps a person's examples out of every later dataset and names the models that saw"
                        + " them.")
final class ForgetCommand implements Runnable {

    @Parameters(paramLabel = "PRINCIPAL", description = "who is to be forgotten")
    private String principal = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the record")
    private @Nullable String reason;

    @Option(names = "--dry-run", description = "only names the models")
    private boolean dryRun;

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    record Forgotten(PrincipalId principal, boolean erased, List<Seen> models) {}

    @Override
    public void run() {
        PrincipalId person = PersonOption.parse("PRINCIPAL", principal);
        Forgotten forgotten;
        try (KafkaAccess access = options.question()) {
            KafkaSettings kafka = access.settings();
            if (!dryRun) {
                Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
                Forgetting.send(kafka, new Erasure(person, reason, now));
            }
            ModelHistory history = ModelHistory.read(kafka);
            forgotten =
                    new Forgotten(
                            person,
                            !dryRun,
                            Forgetting.models(
                                    kafka, person, history.windows(), history.candidates()));
        }
        answer.print(forgotten, text(forgotten));
    }

    private static String text(Forgotten forgotten) {
        String done =
                forgotten.erased()
                        ? "%s is forgotten: no later dataset holds examples of theirs%n"
                        : "%s is not forgotten yet: this was a dry run%n";
        String models =
                forgotten.models().isEmpty()
                        ? "no model has seen any%n".formatted()
                        : forgotten.models().stream()
                                .map(seen ->
                                        "%s has seen %,d, in %s%n"
                                                .formatted(
                                                        seen.modelVersion(),
                                                        seen.examples(),
                                                        seen.windows()))
                                .collect(Collectors.joining());
        return done.formatted(forgotten.principal()) + models;
    }
}
