package io.millrace.launcher.command;

import io.millrace.ingest.EventSink;
import io.millrace.ingest.importer.DataFile;
import io.millrace.ingest.importer.DataFormat;
import io.millrace.ingest.importer.ImportCount;
import io.millrace.ingest.importer.Importer;
import io.millrace.ingest.importer.Rejects;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.ingest.redaction.RedactionFile;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.demo.Account;
import io.millrace.launcher.platform.KafkaAccess;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.TopicAdmin;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Event;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Publishes a data set as demonstrations. What is in the topic already is not sent again, so that
 * importing a file twice adds nothing and an interrupted import goes on when it is begun again.
 */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Publishes the rows of a data set as demonstrations. Importing it again adds nothing, and goes on"
                        + " where Ctrl-C ended it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:some rows were good; the bad ones are in the report",
            "1:every row was bad, or Kafka did not take them",
            "2:the file cannot be read, or --strict refused it"
        })
final class ImportCommand implements Callable<Integer> {

    private static final String AUTO = "auto";
    private static final int ROWS_A_GLANCE = 256;

    @Parameters(
            paramLabel = "FILE",
            description = "JSON lines, a JSON array or CSV in UTF-8, plain or gzip")
    private Path file = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "alpaca, dolly, sharegpt, messages, oasst, csv or auto, which looks at the first rows"
                            + " (default: ${DEFAULT-VALUE})")
    private String format = AUTO;

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

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description =
                    "report of bad rows, a JSON line each with line and reason (default: FILE.rejected.jsonl among"
                            + " the data directory's logs, or here when there is none)")
    private @Nullable Path rejects;

    @Option(
            names = "--redaction",
            paramLabel = "FILE",
            description =
                    "what counts as personal data: names, countries and switched-off kinds as YAML (default: the data"
                            + " directory's redaction.yaml, if there is one)")
    private @Nullable Path redaction;

    @Option(names = "--strict", description = "publishes nothing unless every row can be used")
    private boolean strict;

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private AnswerOption answer = new AnswerOption();

    /** Rows are good or rejected; a conversation's row makes several demonstrations. */
    record Imported(
            String format,
            long rows,
            long published,
            long duplicates,
            long rejected,
            @Nullable String rejects) {}

    @Override
    public Integer call() {
        Account account = Account.on(System.err);
        PrincipalId who = principal();
        DataFormat known = tell(account);
        try (StopSignal stop = new StopSignal()) {
            if (strict) {
                requireGood(known, who, account, stop);
            }
            try (KafkaAccess kafka = options.question();
                    EventProducer producer = new EventProducer(kafka.settings(), "importer")) {
                TopicAdmin.create(kafka.settings());
                Set<String> before = Importer.published(kafka.settings(), () -> !stop.given());
                Importer importer =
                        new Importer(producer::send, who, redaction(), Clock.systemUTC());
                Imported imported =
                        pass(
                                "published",
                                known,
                                account,
                                stop,
                                (data, report, goOn) ->
                                        importer.publish(data, before, report, goOn));
                answer.print(imported, text(imported, stop.given()));
                return imported.rows() > imported.rejected() ? 0 : 1;
            }
        }
    }

    /** Opens the file for a look, so that a person hears first whether it will do. */
    private DataFormat tell(Account account) {
        if (!format.equalsIgnoreCase(AUTO)) {
            return DataFormat.labelled(format)
                    .orElseThrow(() ->
                            new UsageException(
                                    "--format: '%s' is none of alpaca, dolly, sharegpt, messages, oasst, csv, auto"
                                            .formatted(format)));
        }
        try (DataFile look = DataFile.open(file, instruction)) {
            account.line("%s looks like %s", look.name(), look.format().label());
            return look.format();
        }
    }

    private PrincipalId principal() {
        try {
            return new PrincipalId(principal);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--principal: " + e.getMessage(), e);
        }
    }

    private Redaction redaction() {
        return new Redaction(
                redaction != null
                        ? RedactionFile.read(redaction)
                        : RedactionFile.readIfThere(
                                options.dataDirectory().resolve("redaction.yaml")));
    }

    private Path report() {
        if (rejects != null) {
            return rejects;
        }
        Path name = Path.of(file.getFileName() + ".rejected.jsonl");
        return DataDirectory.existing(options.dataDirectory())
                .map(directory -> directory.logs().resolve(name))
                .orElse(name);
    }

    /** A pass that sends nothing. */
    private void requireGood(DataFormat known, PrincipalId who, Account account, StopSignal stop) {
        EventSink nowhere =
                new EventSink() {
                    @Override
                    public <E extends Event> CompletableFuture<?> send(Topic<E> topic, E event) {
                        return CompletableFuture.completedFuture(topic);
                    }
                };
        Importer importer = new Importer(nowhere, who, redaction(), Clock.systemUTC());
        Imported found =
                pass(
                        "checked",
                        known,
                        account,
                        stop,
                        (data, report, goOn) ->
                                importer.publish(data, new HashSet<>(), report, goOn));
        if (found.rejected() > 0) {
            throw new UsageException(
                    "%,d of the %,d rows of %s cannot be used, so --strict publishes none: %s says which and why"
                            .formatted(found.rejected(), found.rows(), file, found.rejects()));
        }
    }

    /** Reads the file once, with a bar that shows how far. */
    private Imported pass(
            String task, DataFormat known, Account account, StopSignal stop, Send send) {
        AtomicReference<ImportCount> last = new AtomicReference<>(ImportCount.NOTHING);
        try (DataFile data = DataFile.open(file, known, instruction);
                Rejects report = new Rejects(report());
                Account.Bar bar = account.bar(task + " " + data.name() + ", percent", 100)) {
            Predicate<ImportCount> goOn =
                    count -> {
                        last.set(count);
                        if (count.rows() % ROWS_A_GLANCE == 0) {
                            bar.at(percent(data), "%,d rows".formatted(count.rows()));
                        }
                        return !stop.given();
                    };
            ImportCount count = send.all(data, report, goOn);
            bar.at(percent(data), "%,d rows".formatted(count.rows()));
            return new Imported(
                    known.label(),
                    count.rows(),
                    count.published(),
                    count.duplicates(),
                    count.rejected(),
                    report.file().map(Path::toString).orElse(null));
        } catch (UsageException e) {
            throw last.get().rows() == 0
                    ? e
                    : new UsageException(
                            "%s (%s: the %,d rows before it)"
                                    .formatted(e.getMessage(), task, last.get().rows()),
                            e);
        }
    }

    /** Takes a file's rows until it hears false. */
    private interface Send {
        ImportCount all(DataFile data, Rejects rejects, Predicate<ImportCount> goOn);
    }

    private static long percent(DataFile data) {
        return 100 * data.position() / Math.max(data.size(), 1);
    }

    private String text(Imported imported, boolean stopped) {
        StringBuilder text = new StringBuilder();
        text.append(
                "%,d rows of %s (%s): %,d demonstrations published, %,d known already, %,d rows rejected%n"
                        .formatted(
                                imported.rows(),
                                file,
                                imported.format(),
                                imported.published(),
                                imported.duplicates(),
                                imported.rejected()));
        if (imported.rejects() != null) {
            text.append("rejected rows and why: %s%n".formatted(imported.rejects()));
        }
        if (stopped) {
            text.append("stopped before its end: import it again to go on%n".formatted());
        }
        return text.toString();
    }
}
