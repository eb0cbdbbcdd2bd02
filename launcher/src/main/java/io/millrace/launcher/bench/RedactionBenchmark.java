package io.millrace.launcher.bench;

import io.millrace.ingest.redaction.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/**
 * How fast texts of 1 KB are redacted, beside one pass of a small regular expression that copies
 * them.
 */
public final class RedactionBenchmark implements Benchmark {

    private static final Pattern DIGITS = Pattern.compile("\\d++");
    private static final String TEXT =
            """
            My order 2207-88 from 2024-01-15 has not arrived, and nobody at +44 20 7946 0958 answers. Please write to \
            ann@example.org, or refund the 49.90 to the card that ends in 1111. Version 5.2.1 of the app shows nothing.
            """
                    .repeat(5)
                    .substring(0, 1024);
    private static final int EVENTS = 20_000;

    @Override
    public String name() {
        return "redaction";
    }

    @Override
    public String description() {
        return "personal data found, clean text left alone, throughput";
    }

    @Override
    public List<Figure> run(Consumer<String> progress) {
        ToIntFunction<String> redaction = text -> new Redactor().redact(text).length();
        ToIntFunction<String> copy = text -> DIGITS.matcher(text).replaceAll("0").length();
        progress.accept("warming up");
        eventsPerSecond(redaction);
        eventsPerSecond(copy);
        progress.accept("measuring");
        double redacted = eventsPerSecond(redaction);
        double copied = eventsPerSecond(copy);
        double megabytes = TEXT.getBytes(StandardCharsets.UTF_8).length / 1e6;
        return List.of(
                Figure.beside(copied, "events of 1 KB", redacted, "events/s"),
                Figure.beside(copied * megabytes, "text", redacted * megabytes, "MB/s"));
    }

    private static double eventsPerSecond(ToIntFunction<String> work) {
        long began = System.nanoTime();
        long length = 0;
        for (int i = 0; i < EVENTS; i++) {
            length += work.applyAsInt(TEXT);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (length == 0) {
            throw new IllegalStateException("nothing was done");
        }
        return EVENTS / seconds;
    }
}
