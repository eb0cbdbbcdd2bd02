package io.millrace.launcher.command;

import io.millrace.launcher.bench.Benchmarks;
import io.millrace.launcher.platform.ServiceKind;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command that all others stand under. */
@Command(
        name = "millrace",
        mixinStandardHelpOptions = true,
        versionProvider = MillraceCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Tunes a language model on what people say about its answers, as a stream.",
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            ImportCommand.class,
            StatusCommand.class,
            ModelsCommand.class,
            LineageCommand.class,
            ReplayCommand.class,
            QuarantineCommand.class,
            ForgetCommand.class,
            AuditCommand.class,
            ChatCommand.class,
            TrainCommand.class,
            MergeCommand.class,
            PretrainCommand.class,
            RenderCommand.class,
            TopicsCommand.class
        })
public final class MillraceCommand {

    private MillraceCommand() {}

    /** A new command line, a subcommand for each service among it. */
    public static CommandLine line() {
        CommandLine line = new CommandLine(new MillraceCommand());
        for (ServiceKind kind : ServiceKind.values()) {
            CommandLine service = new CommandLine(new ServiceCommand(kind));
            service.getCommandSpec()
                    .usageMessage()
                    .description("Runs the %s alone, on your Kafka.".formatted(kind.label()));
            if (kind == ServiceKind.CURATION) {
                service.getCommandSpec()
                        .usageMessage()
                        .footerHeading(CurationHelp.HEADING)
                        .footer(CurationHelp.STANDARD);
            }
            line.addSubcommand(kind.label(), service);
        }
        line.addSubcommand("bench", BenchCommand.line(Benchmarks.all()));
        return line.setCaseInsensitiveEnumValuesAllowed(true).setAbbreviatedOptionsAllowed(false);
    }

    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = MillraceCommand.class.getPackage().getImplementationVersion();
            return new String[] {"millrace " + (version == null ? "(not packaged)" : version)};
        }
    }
}
