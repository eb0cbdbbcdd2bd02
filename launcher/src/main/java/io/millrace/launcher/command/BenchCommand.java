package io.millrace.launcher.command;

import io.millrace.launcher.bench.Benchmark;
import io.millrace.launcher.bench.Figure;
import io.millrace.launcher.bench.Machine;
import io.millrace.runtime.UsageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a benchmark and prints its figures. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures a part of Millrace on this machine, a baseline beside it.")
public final class BenchCommand implements Runnable {

    private final List<Benchmark> benchmarks;

    @Parameters(paramLabel = "NAME", description = "one of those below")
    private String name = "";

    @Option(
            names = "--events",
            paramLabel = "N",
            description = "how many events or texts to measure with (default: the benchmark's own)")
    private @Nullable Integer events;

    @Mixin private AnswerOption answer = new AnswerOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before any command runs
    private CommandSpec command;

    private BenchCommand(List<Benchmark> benchmarks) {
        this.benchmarks = List.copyOf(benchmarks);
    }

    /** The command over these benchmarks; its help lists them. */
    public static CommandLine line(List<Benchmark> benchmarks) {
        CommandLine line = new CommandLine(new BenchCommand(benchmarks));
        line.getCommandSpec()
                .usageMessage()
                .footerHeading("%nBenchmarks:%n")
                .footer(
                        benchmarks.stream()
                                .map(b -> "  %-18s %s".formatted(b.name(), b.description()))
                                .map(text -> text.replace("%", "%%"))
                                .toArray(String[]::new));
        return line;
    }

    record Measured(String name, List<Figure> figures, Machine machine) {}

    @Override
    public void run() {
        Benchmark benchmark = events == null ? chosen() : chosen().sized(events);
        PrintWriter err = command.commandLine().getErr();
        List<Figure> figures =
                benchmark.run(line -> {
                    err.println(benchmark.name() + ": " + line);
                    err.flush();
                });
        Measured measured = new Measured(benchmark.name(), figures, Machine.here());
        answer.print(measured, text(measured));
    }

    private Benchmark chosen() {
        return benchmarks.stream()
                .filter(benchmark -> benchmark.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException(
                                "there is no benchmark '%s', only: %s".formatted(name, names())));
    }

    private String names() {
        return benchmarks.stream().map(Benchmark::name).collect(Collectors.joining(", "));
    }

    private static String text(Measured measured) {
        Table table = new Table("FIGURE", "VALUE", "UNIT", "BASELINE", "RATIO");
        for (Figure figure : measured.figures()) {
            table.row(
                    figure.name(),
                    number(figure.value()),
                    figure.unit(),
                    figure.baseline() == null ? "-" : number(figure.baseline()),
                    figure.ratio() == null ? "-" : number(figure.ratio()));
        }
        Machine machine = measured.machine();
        return "%s%n%d cores, %.1f GiB, %s, %s, %s%n"
                .formatted(
                        table,
                        machine.cores(),
                        machine.memoryBytes() / (double) (1 << 30),
                        machine.cpu(),
                        machine.os(),
                        machine.jdk());
    }

    /** Three digits that matter, and every digit before the point. */
    private static String number(double value) {
        double size = Math.abs(value);
        int decimals =
                value == Math.rint(value) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }
}
