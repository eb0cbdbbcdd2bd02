package io.millrace.launcher.bench;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.ingest.contamination.SuiteWatch;
import io.millrace.ingest.curation.CurationConfig;
import io.millrace.ingest.curation.CurationService;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.launcher.bench.Backlog.Spent;
import io.millrace.launcher.broker.DataDirectory;
import io.millrace.launcher.broker.EmbeddedBroker;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.TopicAdmin;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * How many events a second go through curation, all rules on, state in RocksDB, exactly once, the
 * embedded broker in this process; beside it {@link BareJoin} on the same events. Ten rounds: each
 * adds a tenth of the events to the topics and lets first curation, then the bare topology work
 * them off. The second and the last say whether an event costs more when there is more state.
 * Before them the virtual machine warms up on the first of these events in topics of their own: it
 * takes minutes to compile what runs here.
 */
public final class CurationBenchmark implements Benchmark {

    private static final int EVENTS = 1_000_000;
    private static final int LEAST = 1_000;
    private static final int WARM_UP = 400_000;

    /** With one for each task, an eighth of the processor time goes into switching between them. */
    private static final int THREADS = 4;

    /** What a gate suite asks, and no example may give away. */
    private static final int CASES = 400;

    private static final int ROUNDS = 10;
    private static final long SEED = 20_260_105;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final List<Topic<?>> INPUTS =
            List.of(
                    Topics.INTERACTIONS,
                    Topics.FEEDBACK,
                    Topics.CORRECTIONS,
                    Topics.DEMONSTRATIONS);

    private final int events;

    public CurationBenchmark() {
        this(EVENTS);
    }

    private CurationBenchmark(int events) {
        this.events = events;
    }

    @Override
    public Benchmark sized(int wanted) {
        if (wanted < LEAST) {
            throw new UsageException("bench curation needs %,d events or more".formatted(LEAST));
        }
        return new CurationBenchmark(wanted);
    }

    /** What a round took. */
    private record Round(int events, Spent curated, Spent joined) {

        private double micros(Function<Round, Spent> side, Function<Spent, Duration> time) {
            return time.apply(side.apply(this)).toNanos() / 1e3 / events;
        }
    }

    @Override
    public String name() {
        return "curation";
    }

    @Override
    public String description() {
        return "events/s through all rules, exactly once, beside a bare dedup and join";
    }

    @Override
    public List<Figure> run(Consumer<String> progress) {
        try (ScratchDirectory scratch = ScratchDirectory.create();
                EmbeddedBroker broker =
                        EmbeddedBroker.start(
                                DataDirectory.open(scratch.path().resolve("broker")), 0)) {
            int warmUp = Math.min(WARM_UP, events);
            progress.accept("warming up with %,d events".formatted(warmUp));
            rounds(broker, scratch.path(), "warm-up", warmUp, line -> {});
            return figures(rounds(broker, scratch.path(), Topics.DEFAULT_PREFIX, events, progress));
        }
    }

    /** Under a prefix of its own, for topics and state alike. */
    private static List<Round> rounds(
            EmbeddedBroker broker,
            Path scratch,
            String prefix,
            int events,
            Consumer<String> progress) {
        KafkaSettings kafka = new KafkaSettings(broker.bootstrapServers(), prefix);
        TopicAdmin.create(kafka);
        createJoined(kafka);
        Path directory = scratch.resolve(prefix);
        MeterRegistry registry = new SimpleMeterRegistry();
        CurationConfig config = CurationConfig.in(directory.resolve("curation")).with(THREADS);
        Path suites = directory.resolve("suites");
        AskedCases.write(suites.resolve("asked"), CASES, SEED);
        Traffic traffic = new Traffic(SEED, Instant.now().minus(Duration.ofHours(1)));
        List<Round> rounds = new ArrayList<>();
        try (EventProducer producer = new EventProducer(kafka, "bench")) {
            for (int i = 0; i < ROUNDS; i++) {
                int size = events / ROUNDS;
                traffic.send(producer, size);
                Spent curated =
                        backlog(kafka, "curation")
                                .workOff(
                                        () ->
                                                new CurationService(
                                                        kafka,
                                                        config,
                                                        new SuiteWatch(
                                                                suites,
                                                                Clock.systemUTC(),
                                                                registry),
                                                        Redaction.DEFAULT,
                                                        registry),
                                        PATIENCE);
                requireAllSettled(registry, (i + 1) * size, traffic.waiting());
                Spent joined =
                        backlog(kafka, BareJoin.NAME)
                                .workOff(
                                        () ->
                                                new BareJoin(
                                                        kafka,
                                                        config.threads(),
                                                        config.commitInterval(),
                                                        directory.resolve(BareJoin.NAME)),
                                        PATIENCE);
                Round round = new Round(size, curated, joined);
                rounds.add(round);
                progress.accept(
                        "%,d events in: %.0f µs an event, bare %.0f µs"
                                .formatted(
                                        (i + 1) * size,
                                        round.micros(Round::curated, Spent::wall),
                                        round.micros(Round::joined, Spent::wall)));
            }
        }
        return rounds;
    }

    private static List<Figure> figures(List<Round> rounds) {
        Round early = rounds.get(1);
        Round late = rounds.getLast();
        return List.of(
                Figure.of("events", rounds.stream().mapToInt(Round::events).sum(), "events"),
                Figure.beside(
                        1e6 / average(rounds, Round::joined, Spent::wall),
                        "throughput, beside the bare topology",
                        1e6 / average(rounds, Round::curated, Spent::wall),
                        "events/s"),
                Figure.beside(
                        average(rounds, Round::joined, Spent::processor),
                        "processor time, broker included, beside the bare topology",
                        average(rounds, Round::curated, Spent::processor),
                        "µs/event"),
                later("cost with all the state, beside a tenth of it", early, late, Spent::wall),
                later("processor time likewise", early, late, Spent::processor));
    }

    private static double average(
            List<Round> rounds, Function<Round, Spent> side, Function<Spent, Duration> time) {
        return rounds.stream().mapToDouble(r -> r.micros(side, time)).average().orElseThrow();
    }

    private static Figure later(
            String name, Round early, Round late, Function<Spent, Duration> time) {
        return Figure.beside(
                early.micros(Round::curated, time),
                name,
                late.micros(Round::curated, time),
                "µs/event");
    }

    private static Backlog backlog(KafkaSettings kafka, String application) {
        return new Backlog(
                kafka,
                kafka.topicPrefix() + "-" + application,
                INPUTS.stream().map(kafka::nameOf).collect(Collectors.toSet()));
    }

    private static void requireAllSettled(MeterRegistry registry, int sent, int underWay) {
        double settled =
                registry.get("millrace.curation.outcomes").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum();
        if (settled > sent || settled < sent - underWay) {
            throw new MillraceException(
                    "curation settled %,.0f of %,d events: it is wrong, so it does not matter how fast it is"
                            .formatted(settled, sent));
        }
    }

    private static void createJoined(KafkaSettings kafka) {
        try (Admin admin = kafka.admin("bench")) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(
                                            kafka.topicPrefix() + "." + BareJoin.JOINED,
                                            Optional.of(Topics.SFT.partitions()),
                                            Optional.empty())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new MillraceException("the bench's topic was not created", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("the benchmark was interrupted", e);
        }
    }
}
