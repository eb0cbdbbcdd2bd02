package io.millrace.launcher;

import io.millrace.launcher.command.Failures;
import io.millrace.launcher.command.MillraceCommand;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Starts the {@code millrace} command. Exit codes: 0 done, 1 failed, 2 misused. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        PrintWriter err = new PrintWriter(System.err, true, System.err.charset());
        System.exit(run(arguments, out, err));
    }

    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = MillraceCommand.line();
        line.setOut(out);
        line.setErr(err);
        line.setParameterExceptionHandler(Failures::misused);
        line.setExecutionExceptionHandler(Failures::failed);
        return line.execute(arguments);
    }
}
