package io.millrace.launcher.command;

import io.millrace.schemas.EventJson;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command prints its answer. */
final class AnswerOption {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private Output output = Output.TEXT;

    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec command;

    /** Whether stdout is for one JSON document alone. */
    boolean json() {
        return output == Output.JSON;
    }

    /** Prints the answer as JSON, or its text. */
    void print(Object answer, String text) {
        PrintWriter out = command.commandLine().getOut();
        switch (output) {
            case TEXT -> out.print(text);
            case JSON ->
                    out.println(
                            EventJson.MAPPER
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(answer));
        }
        out.flush();
    }
}
