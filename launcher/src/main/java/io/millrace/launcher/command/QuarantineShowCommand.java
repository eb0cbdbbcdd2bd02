package io.millrace.launcher.command;

import io.millrace.launcher.operator.QuarantineDesk;
import io.millrace.launcher.operator.QuarantineDesk.Held;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.schemas.Message;
import io.millrace.schemas.QuarantinedExample;
import io.millrace.schemas.Review;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints one quarantined example with what was decided about it. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Prints a quarantined example, why it is held and who decided what about it.")
final class QuarantineShowCommand implements Runnable {

    @Parameters(paramLabel = "EXAMPLE", description = "as 'millrace quarantine list' prints it")
    private String example = "";

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    @Override
    public void run() {
        List<Held> held;
        try (KafkaAccess kafka = options.question()) {
            held = QuarantineDesk.read(kafka.settings()).of(example);
        }
        answer.print(
                held,
                held.stream()
                        .map(QuarantineShowCommand::text)
                        .collect(Collectors.joining(System.lineSeparator())));
    }

    private static String text(Held held) {
        QuarantinedExample quarantined = held.quarantined();
        return """
        example    %s, revision %d, by %s
        held for   %s: %s
        decided    %s
        prompt     %s
        answer     %s
        """
                .formatted(
                        quarantined.example().exampleId(),
                        quarantined.example().revision(),
                        quarantined.example().principal(),
                        quarantined.reason(),
                        quarantined.detail(),
                        held.review() == null ? "not yet" : decided(held.review()),
                        quarantined.example().messages().stream()
                                .map(Message::content)
                                .collect(Collectors.joining(" | ")),
                        quarantined.example().answer());
    }

    private static String decided(Review review) {
        return "%s by %s at %s%s"
                .formatted(
                        Wire.word(review.decision()),
                        review.reviewer(),
                        review.occurredAt(),
                        review.note() == null ? "" : ": " + review.note());
    }
}
