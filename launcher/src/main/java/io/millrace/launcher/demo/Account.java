package io.millrace.launcher.demo;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** What a person reads while the loop turns: bars on a terminal, plain lines elsewhere. */
public final class Account {

    private static final Duration PLAIN_LINE_EVERY = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private final long started = System.nanoTime();

    /** An account on a stream; bars where a person watches. */
    public static Account on(PrintStream out) {
        return new Account(
                out, Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    }

    Account(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A new part of the story. */
    public void chapter(String title) {
        out.printf("%n[%5.1f s] %s%n", seconds(), bold(title));
    }

    /** A line of the part, formatted as by {@link String#format}. */
    public void line(String format, Object... arguments) {
        out.printf("    " + format + "%n", arguments);
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private String bold(String text) {
        return terminal ? "\033[1m" + text + "\033[0m" : text;
    }

    /** Columns padded to their widest cell; the first is flush left, the others right. */
    void table(List<List<String>> rows) {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], row.get(c).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < columns; c++) {
                String cell = row.get(c);
                String gap = " ".repeat(widths[c] - cell.length());
                line.append(c == 0 ? cell + gap : "  " + gap + cell);
            }
            line("%s", line.toString().stripTrailing());
        }
    }

    /** Progress of one long task. */
    public final class Bar implements AutoCloseable {

        private final String task;
        private final long total;
        private final @Nullable ProgressBar bar;
        private long lastLine = System.nanoTime();
        private long done;
        private String note = "";

        private Bar(String task, long total) {
            this.task = task;
            this.total = total;
            this.bar =
                    terminal
                            ? new ProgressBarBuilder()
                                    .setTaskName("    " + task)
                                    .setInitialMax(total)
                                    .setStyle(ProgressBarStyle.ASCII)
                                    .setUpdateIntervalMillis(200)
                                    .setConsumer(new ConsoleProgressBarConsumer(out, 100))
                                    .build()
                            : null;
        }

        /** How far it is, and in what words. */
        public synchronized void at(long now, String what) {
            done = now;
            note = what;
            if (bar != null) {
                bar.stepTo(now);
                bar.setExtraMessage(" " + what);
            } else if (System.nanoTime() - lastLine > PLAIN_LINE_EVERY.toNanos()) {
                print();
            }
        }

        private void print() {
            line("%s %d/%d %s", task, done, total, note);
            lastLine = System.nanoTime();
        }

        @Override
        public synchronized void close() {
            if (bar != null) {
                bar.close();
            } else {
                print();
            }
        }
    }

    /** Begins one. */
    public Bar bar(String task, long total) {
        return new Bar(task, total);
    }
}
