package io.millrace.launcher.command;

import io.millrace.ingest.curation.Auditor;
import io.millrace.ingest.curation.CurationAudit;
import io.millrace.ingest.curation.CurationAudit.Check;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.runtime.MillraceException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Proves that every event ended exactly once, or says what is missing. */
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Recounts the topics and proves that every event which curation has read ended"
                        + " exactly once.",
        footer = {"", "Exit code 1 when the sum is wrong."})
final class AuditCommand implements Runnable {

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description =
                    "how long to wait for curation to stand still, since what moves can't be"
                            + " compared (default: ${DEFAULT-VALUE})")
    private int patienceSeconds = 30;

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    @Override
    public void run() {
        CurationAudit audit;
        try (KafkaAccess kafka = options.question()) {
            audit = new Auditor(kafka.settings()).take(Duration.ofSeconds(patienceSeconds));
        }
        answer.print(audit, text(audit));
        if (!audit.holds()) {
            throw new MillraceException(
                    audit.checks().stream()
                            .filter(check -> !check.holds())
                            .map(check ->
                                    "%s: curation counted %,d, there are %,d"
                                            .formatted(
                                                    check.name(), check.counted(), check.found()))
                            .collect(Collectors.joining("; ", "the sum is wrong: ", "")));
        }
    }

    private static String text(CurationAudit audit) {
        Table ends = new Table("ENDED AS", "EVENTS");
        audit.ended().forEach((fate, count) -> ends.row(fate, "%,d".formatted(count)));
        Table checks = new Table("CHECK", "COUNTED", "FOUND", "");
        for (Check check : audit.checks()) {
            checks.row(
                    check.name(),
                    "%,d".formatted(check.counted()),
                    "%,d".formatted(check.found()),
                    verdict(check));
        }
        long ended = sum(audit.ended());
        return "%s%n%s%n%,d events read = %,d ended + %,d under way; %,d not read yet%n"
                .formatted(
                        ends,
                        checks,
                        sum(audit.read()),
                        ended,
                        sum(audit.read()) - ended,
                        audit.unread());
    }

    private static String verdict(Check check) {
        if (!check.holds()) {
            return "WRONG";
        }
        return check.removed() ? "ok, as far as retention has left them" : "ok";
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
