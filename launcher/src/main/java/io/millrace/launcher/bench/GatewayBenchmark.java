package io.millrace.launcher.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.gateway.GatewayConfig;
import io.millrace.ingest.gateway.GatewayService;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.TopicAdmin;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Interactions of about 1 KB over HTTP into an embedded Kafka that writes to disk: one a request,
 * then a hundred. The baseline is a plain producer that waits for all replicas and writes the same
 * events.
 */
public final class GatewayBenchmark implements Benchmark {

    private static final int EVENTS = 2_000;
    private static final int BATCH = 100;
    private static final int SINGLE_CONNECTIONS = 64;
    private static final int BATCH_CONNECTIONS = 4;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String description() {
        return "acknowledged events per second over HTTP, one by one and in batches of 100";
    }

    @Override
    public List<Figure> run(Consumer<String> progress) {
        try (ScratchDirectory scratch = ScratchDirectory.create();
                EmbeddedBroker broker =
                        EmbeddedBroker.start(DataDirectory.open(scratch.path()), 0)) {
            KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), "millrace");
            TopicAdmin.create(kafka);
            return measure(kafka, progress);
        }
    }

    private static List<Figure> measure(KafkaSettings kafka, Consumer<String> progress) {
        List<Interaction> events = IntStream.range(0, EVENTS).mapToObj(i -> event(i)).toList();
        try (GatewayService gateway =
                new GatewayService(kafka, GatewayConfig.local(0), new SimpleMeterRegistry())) {
            gateway.start();
            Load single = new Load(gateway.port(), SINGLE_CONNECTIONS, singles(events), 1);
            Load batches = new Load(gateway.port(), BATCH_CONNECTIONS, batches(events), BATCH);
            progress.accept("warming up");
            raw(kafka, events, WARM_UP);
            single.run(WARM_UP);
            batches.run(WARM_UP);
            progress.accept("a plain producer");
            double baseline = raw(kafka, events, MEASURED);
            progress.accept("one event a request, %d connections".formatted(SINGLE_CONNECTIONS));
            Load.Result one = single.run(MEASURED);
            progress.accept(
                    "%d events a request, %d connections".formatted(BATCH, BATCH_CONNECTIONS));
            Load.Result many = batches.run(MEASURED);
            return List.of(
                    Figure.beside(baseline, "single", one.eventsPerSecond(), "events/s"),
                    Figure.of("single p50", one.percentileMillis(0.5), "ms"),
                    Figure.of("single p99", one.percentileMillis(0.99), "ms"),
                    Figure.beside(baseline, "batches of 100", many.eventsPerSecond(), "events/s"),
                    Figure.of("batch p50", many.percentileMillis(0.5), "ms"),
                    Figure.of("batch p99", many.percentileMillis(0.99), "ms"));
        }
    }

    /** Events per second of a producer that never waits for one before it sends the next. */
    private static double raw(KafkaSettings kafka, List<Interaction> events, Duration length) {
        try (EventProducer producer = new EventProducer(kafka, "bench")) {
            long start = System.nanoTime();
            long end = start + length.toNanos();
            long sent = 0;
            while (System.nanoTime() < end) {
                CompletableFuture.allOf(
                                events.stream()
                                        .map(event -> producer.send(Topics.INTERACTIONS, event))
                                        .toArray(CompletableFuture[]::new))
                        .join();
                sent += events.size();
            }
            return sent / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static Interaction event(int number) {
        return new Interaction(
                new InteractionId("bench-" + number),
                new PrincipalId("person-" + number % 100),
                "conversation-" + number,
                "millrace-0001",
                List.of(
                        Message.system("You answer for the support desk, in one sentence."),
                        Message.user("My card was eaten by the machine again. ".repeat(8))),
                "The machine keeps a card that was reported; a new one is on its way. ".repeat(6),
                List.of("cards", "eu"),
                184,
                Instant.parse("2026-01-05T08:00:00Z"));
    }

    private static List<byte[]> singles(List<Interaction> events) {
        return events.stream()
                .map(event ->
                        KeptConnection.post(
                                "/v1/interactions", "application/json", EventJson.write(event)))
                .toList();
    }

    private static List<byte[]> batches(List<Interaction> events) {
        return IntStream.range(0, events.size() / BATCH)
                .mapToObj(i -> lines(events.subList(i * BATCH, (i + 1) * BATCH)))
                .map(lines ->
                        KeptConnection.post("/v1/interactions", "application/x-ndjson", lines))
                .toList();
    }

    private static byte[] lines(List<Interaction> events) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Interaction event : events) {
            lines.writeBytes(EventJson.write(event));
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
