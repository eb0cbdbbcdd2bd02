package io.millrace.launcher.command;

import io.millrace.launcher.operator.QuarantineDesk;
import io.millrace.launcher.operator.QuarantineDesk.Held;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.schemas.QuarantinedExample;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints what waits for a decision. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints the examples that wait for a decision, oldest first.")
final class QuarantineListCommand implements Runnable {

    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "only those held for this, such as principal-cap")
    private @Nullable String reason;

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    @Override
    public void run() {
        List<QuarantinedExample> waiting;
        try (KafkaAccess kafka = options.question()) {
            waiting =
                    QuarantineDesk.read(kafka.settings())
                            .waiting(Optional.ofNullable(reason))
                            .stream()
                            .map(Held::quarantined)
                            .toList();
        }
        Table table = new Table("EXAMPLE", "REASON", "PRINCIPAL", "SINCE", "DETAIL");
        for (QuarantinedExample held : waiting) {
            table.row(
                    held.example().exampleId().value(),
                    held.reason(),
                    held.example().principal().value(),
                    held.occurredAt().toString(),
                    held.detail());
        }
        answer.print(waiting, table.toString());
    }
}
