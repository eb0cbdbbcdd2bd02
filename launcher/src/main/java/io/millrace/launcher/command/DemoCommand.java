package io.millrace.launcher.command;

import io.millrace.evaluator.gate.GatePolicyFile;
import io.millrace.evaluator.suite.SuiteDirectory;
import io.millrace.ingest.curation.CurationRules;
import io.millrace.ingest.importer.LabelledExample;
import io.millrace.ingest.importer.Rows;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.demo.Account;
import io.millrace.launcher.demo.Cast;
import io.millrace.launcher.demo.Demo;
import io.millrace.launcher.demo.DemoDirectory;
import io.millrace.launcher.demo.DemoResult;
import io.millrace.launcher.demo.GatePolicyText;
import io.millrace.launcher.demo.GateSuite;
import io.millrace.launcher.platform.KafkaChoice;
import io.millrace.launcher.platform.LoopConfig;
import io.millrace.launcher.platform.Platform;
import io.millrace.launcher.platform.PlatformConfig;
import io.millrace.launcher.platform.Ports;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.TopicAdmin;
import io.millrace.runtime.UsageException;
import io.millrace.trainer.training.TrainingConfig;
import io.millrace.trainer.trigger.CountTrigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code millrace demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Shows the whole loop on this machine: a model gets measurably better from people's corrections,"
                    + " through Kafka, and a harmful window is refused.",
            "The people are simulated: they know the right answers from the data file."
        })
final class DemoCommand implements Callable<Integer> {

    private static final Duration READY = Duration.ofMinutes(2);

    /**
     * So many passes over an example, whatever the size of the data: small data needs more epochs.
     */
    private static final int EXAMPLE_PASSES = 14_000;

    private static final int FEWEST_EPOCHS = 8;
    private static final int MOST_EPOCHS = 25;

    @Option(
            names = "--stream",
            paramLabel = "FILE",
            description =
                    "your data instead of the shipped support desk: CSV text,category or JSONL"
                            + " instruction/input/output")
    private @Nullable Path stream;

    @Option(
            names = "--holdout",
            paramLabel = "FILE",
            description = "held-out data of the same kind; goes with --stream")
    private @Nullable Path holdout;

    @Option(
            names = "--new",
            paramLabel = "N|a,b,c",
            description =
                    "how many, or which, categories appear only in live traffic (default: a fifth)")
    private @Nullable String newcomers;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "fixes everything random (default: ${DEFAULT-VALUE})")
    private long seed = 1;

    @Mixin private PlatformOptions options = new PlatformOptions();

    @Mixin private ModelOption model = new ModelOption();

    @Mixin private AnswerOption answer = new AnswerOption();

    @Option(names = "--stay", description = "keep the platform running afterwards, until Ctrl-C")
    private boolean stay;

    @Override
    public Integer call() {
        Cast cast = cast();
        Path data = options.dataDirectory();
        boolean quietly = answer.json();
        Account account = Account.on(quietly ? System.err : System.out);
        requireFreshTopics();
        DemoDirectory room = DemoDirectory.makeRoom(data);
        Logging.into(DataDirectory.open(data));
        account.chapter("Millrace: Kafka, five services and the base model, in this process");
        room.earlier().ifPresent(moved -> account.line("an earlier run was moved to %s", moved));
        try (Running running = new Running(start(cast, room))) {
            Platform platform = running.platform();
            platform.awaitReady(READY);
            tell(platform, account);
            DemoResult result = Demo.play(cast, seed, platform, account);
            conclude(result, account);
            if (quietly) {
                answer.print(result, "");
            }
            if (stay) {
                account.line("staying up until Ctrl-C");
                running.untilStopped();
            }
            return result.shortcomings().isEmpty() ? 0 : 1;
        }
    }

    /** The scenario counts its windows from the first one. */
    private void requireFreshTopics() {
        if (options.kafka() instanceof KafkaChoice.External(String servers)
                && TopicAdmin.anyPresent(new KafkaSettings(servers, options.topicPrefix()))) {
            throw new UsageException(
                    "%s already has topics that begin with '%s': give the demo a --topic-prefix of its own"
                            .formatted(servers, options.topicPrefix()));
        }
    }

    private Platform start(Cast cast, DemoDirectory room) {
        try {
            return Platform.start(config(cast));
        } catch (RuntimeException e) {
            room.undo();
            throw e;
        }
    }

    private static void tell(Platform platform, Account account) {
        account.line(
                "ask %s/v1/chat/completions, tell %s/v1/corrections",
                platform.serving(), platform.gateway());
        platform.internal()
                .forEach((kind, uri) -> account.line("%-9s %s/metrics", kind.label(), uri));
        account.line("watch with: prometheus --config.file=%s", Home.prometheusFile(platform));
    }

    private static void conclude(DemoResult result, Account account) {
        account.chapter("The loop turned");
        account.line(
                "champion %s (adapter sha256 %s)",
                result.champion().version(), result.champion().digest().brief());
        account.line(
                "%.1f s from the first correction to a model that learned from it, live",
                result.correctionToServedSeconds());
        account.line("report: %s", result.report());
        for (String shortcoming : result.shortcomings()) {
            account.line("NOT as it should be: %s", shortcoming);
        }
    }

    private Cast cast() {
        if ((stream == null) != (holdout == null)) {
            throw new UsageException("--stream and --holdout go together: name both or none");
        }
        Path shipped = Home.resolve("launcher/data/support-desk");
        Path streamFile = stream == null ? shipped.resolve("stream.jsonl") : stream;
        Path holdoutFile = holdout == null ? shipped.resolve("holdout.jsonl") : holdout;
        Cast.Newcomers who =
                newcomers == null ? new Cast.Newcomers.Fifth() : Cast.Newcomers.parse(newcomers);
        return Cast.of(read(streamFile), read(holdoutFile), who, seed);
    }

    private static List<LabelledExample> read(Path file) {
        Rows rows = Rows.read(file, "");
        if (!rows.bad().isEmpty()) {
            Rows.BadRow first = rows.bad().getFirst();
            throw new UsageException(
                    "%s: line %d %s (%d such rows): mend or remove them"
                            .formatted(file, first.line(), first.reason(), rows.bad().size()));
        }
        return rows.examples();
    }

    private PlatformConfig config(Cast cast) {
        Path data = DataDirectory.open(options.dataDirectory()).root();
        Path policy = LoopConfig.policyFile(data);
        Path suites = LoopConfig.suites(data);
        try {
            Files.writeString(policy, GatePolicyText.of(cast, seed));
            GateSuite.write(cast, suites);
        } catch (IOException e) {
            throw new MillraceException(
                    options.dataDirectory() + " can't be written: " + e.getMessage(), e);
        }
        int epochs =
                Math.clamp(
                        EXAMPLE_PASSES / cast.demonstrations().size(), FEWEST_EPOCHS, MOST_EPOCHS);
        TrainingConfig training =
                TrainingConfig.defaults()
                        .overriddenBy("{\"epochs\":%d,\"seed\":%d}".formatted(epochs, seed));
        LoopConfig loop =
                new LoopConfig(
                        CurationRules.DEFAULT,
                        new CountTrigger(
                                50,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(3),
                                Duration.ofMinutes(10)),
                        training,
                        GatePolicyFile.read(policy),
                        SuiteDirectory.readAll(suites),
                        32);
        return new PlatformConfig(
                options.dataDirectory(),
                options.kafka(),
                options.topicPrefix(),
                model.directory(),
                Ports.ANY,
                loop);
    }
}
