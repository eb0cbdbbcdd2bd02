package io.millrace.launcher.bench;

import io.millrace.ingest.redaction.PlantedCorpus;
import io.millrace.ingest.redaction.PlantedCorpus.FalseAlarms;
import io.millrace.ingest.redaction.PlantedCorpus.Recall;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * How much of the planted corpus redaction finds, how often it takes clean text for personal data,
 * and how fast one thread redacts events of 1 KB, beside writing the same events as JSON.
 */
public final class RedactionBenchmark implements Benchmark {

    private static final int CHARACTERS = 1024;
    private static final long WARM_UP_NANOS = 2_000_000_000L;
    private static final long MEASURED_NANOS = 3_000_000_000L;

    /** What people write to a help desk, mostly without a number. */
    private static final String MESSAGES =
            """
            Hello, I have been waiting for my parcel for two weeks now and nobody answers the chat. Could you please tell me \
            where it is, or send me another one? The last time this happened you said that it would not happen again. \
            I ordered the blue tent and a stove, order 2207-88 from 2024-01-15, and paid with the card that ends in 1111. \
            If it is lost I would like to have my money back. Thank you for your help, and have a nice weekend.
            """;

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
        PlantedCorpus corpus = new PlantedCorpus(PlantedCorpus.RULES);
        List<Figure> figures = new ArrayList<>();
        progress.accept("searching the planted corpus");
        recall(corpus.recall().values(), figures);
        falseAlarms(corpus.falseAlarms(), figures);
        progress.accept("redacting messages");
        throughput("messages", events(List.of(MESSAGES)), figures);
        progress.accept("redacting messages full of numbers");
        throughput("numbers", events(corpus.clean()), figures);
        progress.accept("redacting messages full of personal data");
        throughput("personal data", events(corpus.planted()), figures);
        return figures;
    }

    private static void recall(Collection<Recall> kinds, List<Figure> figures) {
        int planted = kinds.stream().mapToInt(Recall::planted).sum();
        int missed = kinds.stream().mapToInt(kind -> kind.missed().size()).sum();
        figures.add(Figure.of("planted items", planted, "items"));
        figures.add(Figure.of("found of them", planted - missed, "items"));
        figures.add(Figure.of("recall", 100.0 * (planted - missed) / planted, "%"));
    }

    private static void falseAlarms(FalseAlarms alarms, List<Figure> figures) {
        figures.add(Figure.of("clean lines", alarms.lines(), "lines"));
        figures.add(Figure.of("false alarms", alarms.alarmed().size(), "lines"));
        figures.add(Figure.of("false-alarm rate", 100 * alarms.share(), "%"));
    }

    private static void throughput(String of, List<Demonstration> events, List<Figure> figures) {
        ToIntFunction<Demonstration> redaction =
                event -> Redaction.DEFAULT.of(event).answer().length();
        ToIntFunction<Demonstration> json = event -> EventJson.write(event).length;
        eventsPerSecond(events, redaction, WARM_UP_NANOS);
        eventsPerSecond(events, json, WARM_UP_NANOS);
        double redacted = eventsPerSecond(events, redaction, MEASURED_NANOS);
        double written = eventsPerSecond(events, json, MEASURED_NANOS);
        double megabytes =
                events.stream()
                                .mapToInt(e -> e.answer().getBytes(StandardCharsets.UTF_8).length)
                                .average()
                                .orElseThrow()
                        / 1e6;
        figures.add(Figure.beside(written, of + ", events of 1 KB", redacted, "events/s"));
        figures.add(Figure.beside(written * megabytes, of, redacted * megabytes, "MB/s"));
    }

    /** Events of 1 KB that together hold all of the lines, and at least one. */
    private static List<Demonstration> events(List<String> lines) {
        String all = String.join("\n", lines);
        while (all.length() < CHARACTERS) {
            all += all;
        }
        List<Demonstration> events = new ArrayList<>();
        for (int start = 0; start + CHARACTERS <= all.length(); start += CHARACTERS) {
            events.add(event(all.substring(start, start + CHARACTERS)));
        }
        return events;
    }

    private static Demonstration event(String text) {
        return new Demonstration(
                new DemonstrationId("d-1"),
                new PrincipalId("p-1"),
                List.of(Message.user("Hello")),
                text,
                List.of("desk"),
                "bench",
                Instant.EPOCH);
    }

    private static double eventsPerSecond(
            List<Demonstration> events, ToIntFunction<Demonstration> work, long nanos) {
        long began = System.nanoTime();
        long done = 0;
        long length = 0;
        while (System.nanoTime() - began < nanos) {
            for (Demonstration event : events) {
                length += work.applyAsInt(event);
            }
            done += events.size();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        if (length == 0) {
            throw new IllegalStateException("nothing was done");
        }
        return done / seconds;
    }
}
