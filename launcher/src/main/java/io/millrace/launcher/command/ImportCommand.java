package io.millrace.launcher.command;

import io.millrace.ingest.importer.Importer;
import io.millrace.ingest.importer.Rows;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.TopicAdmin;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.PrincipalId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a data set as demonstrations. Nothing is published unless every row can be used. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Publishes the rows of a data set as demonstrations.")
final class ImportCommand implements Runnable {

    @Parameters(
            paramLabel = "FILE",
            description =
                    "CSV with the columns text,category or JSONL with the fields instruction, input"
                            + " and output")
    private Path file = Path.of("");

    @Option(
            names = "--instruction",
            paramLabel = "TEXT",
            description = "what to do with each text of a CSV file (default: \"${DEFAULT-VALUE}\")")
    private String instruction = "Name the category of this message.";

    @Option(
            names = "--principal",
            paramLabel = "NAME",
            description = "who demonstrates (default: ${DEFAULT-VALUE})")
    private String principal = "importer";

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    record Imported(String file, int demonstrations, String topicPrefix) {}

    @Override
    public void run() {
        Rows rows = Rows.read(file, instruction);
        requireGood(rows);
        try (KafkaAccess kafka = options.question()) {
            TopicAdmin.create(kafka.settings());
            try (EventProducer producer = new EventProducer(kafka.settings(), "importer")) {
                new Importer(producer::send, principal(), Clock.systemUTC())
                        .publish(
                                rows.examples(), file.getFileName().toString(), acknowledged -> {});
            }
        }
        int published = rows.examples().size();
        answer.print(
                new Imported(file.toString(), published, options.topicPrefix()),
                "%,d demonstrations from %s are in the stream%n".formatted(published, file));
    }

    private PrincipalId principal() {
        try {
            return new PrincipalId(principal);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--principal: " + e.getMessage(), e);
        }
    }

    private void requireGood(Rows rows) {
        List<Rows.BadRow> bad = rows.bad();
        if (!bad.isEmpty()) {
            throw new UsageException(
                    "line %d of %s: %s (%d of %d rows cannot be used: repair or remove them)"
                            .formatted(
                                    bad.getFirst().line(),
                                    file,
                                    bad.getFirst().reason(),
                                    bad.size(),
                                    bad.size() + rows.examples().size()));
        }
    }
}
