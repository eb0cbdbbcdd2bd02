package io.millrace.launcher.command;

import io.millrace.model.artefact.ArtefactException;
import io.millrace.model.config.ModelException;
import io.millrace.runtime.MillraceException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what went wrong and chooses the exit code. */
public final class Failures {

    private Failures() {}

    /** The command line makes no sense: 2. */
    public static int misused(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        say(
                line,
                e.getMessage()
                        + " (see '%s --help')".formatted(line.getCommandSpec().qualifiedName()));
        UnmatchedArgumentException.printSuggestions(e, line.getErr());
        return ExitCode.USAGE;
    }

    /** The command failed: 2 where the person can repair it by asking differently, else 1. */
    public static int failed(Exception e, CommandLine line, ParseResult parsed) {
        return switch (e) {
            case MillraceException known -> {
                say(line, known.getMessage());
                yield known.exitCode();
            }
            case ModelException _, ArtefactException _ -> {
                say(line, e.getMessage());
                yield ExitCode.SOFTWARE;
            }
            default -> {
                say(line, "this should not happen, please report it: " + e);
                LoggerFactory.getLogger(Failures.class).error("a command failed unexpectedly", e);
                yield ExitCode.SOFTWARE;
            }
        };
    }

    private static void say(CommandLine line, @Nullable String what) {
        line.getErr().println("millrace: " + what);
    }
}
