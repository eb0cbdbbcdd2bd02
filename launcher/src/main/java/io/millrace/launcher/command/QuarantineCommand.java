package io.millrace.launcher.command;

import picocli.CommandLine.Command;

/** What is kept away from training, and a person's decisions about it. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists what is kept away from training, releases it or drops it for good.",
        subcommands = {
            QuarantineListCommand.class,
            QuarantineShowCommand.class,
            QuarantineReleaseCommand.class,
            QuarantineDropCommand.class
        })
final class QuarantineCommand {

    private QuarantineCommand() {}
}
