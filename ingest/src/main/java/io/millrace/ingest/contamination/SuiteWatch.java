package io.millrace.ingest.contamination;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.runtime.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate's suites as their directory holds them, looked at again every few seconds when somebody
 * asks. A suite that cannot be read, being written perhaps, stays as it was when it last could;
 * {@code millrace.curation.suites.unreadable} counts those. Safe for several threads.
 */
public final class SuiteWatch {

    private static final Logger log = LoggerFactory.getLogger(SuiteWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    /** What tells that a file has changed. */
    private record Stamp(long modifiedMillis, long bytes) {
        static final Stamp ABSENT = new Stamp(-1, -1);
    }

    private record Known(List<Stamp> stamps, SuitePrompts suite) {}

    private final Path directory;
    private final Clock clock;
    private Map<Path, Known> known = Map.of();
    private final Map<Path, List<Stamp>> unreadable = new TreeMap<>();
    private GateSuites suites = GateSuites.NONE;
    private Instant looked = Instant.MIN;

    /**
     * Reads the suites for the first time.
     *
     * @param directory holds one directory for each suite; it need not be there
     * @throws UsageException when one can't be read: what it asks might be trained on, and there is
     *     no earlier state to keep
     */
    public SuiteWatch(Path directory, Clock clock, MeterRegistry registry) {
        this.directory = directory;
        this.clock = clock;
        Map<Path, Known> first = new TreeMap<>();
        for (Path folder : folders()) {
            first.put(folder, new Known(stamps(folder), SuitePrompts.read(folder)));
        }
        use(first);
        looked = clock.instant();
        Gauge.builder("millrace.curation.suites.unreadable", this, SuiteWatch::unreadable)
                .description("Gate suites that cannot be read and stand as they last could")
                .register(registry);
        Gauge.builder("millrace.curation.suites.watched", this, watch -> watch.known.size())
                .description("Gate suites whose questions are kept out of training")
                .register(registry);
    }

    /** The suites of now, give or take a few seconds. */
    public synchronized GateSuites current() {
        Instant now = clock.instant();
        if (!now.isBefore(looked.plus(INTERVAL))) {
            looked = now;
            look();
        }
        return suites;
    }

    private synchronized int unreadable() {
        return unreadable.size();
    }

    private void look() {
        List<Path> folders;
        try {
            folders = folders();
        } catch (UncheckedIOException e) {
            log.atWarn()
                    .setMessage("the directory of suites cannot be read, they stay as they were")
                    .addKeyValue("directory", directory)
                    .log();
            return;
        }
        Map<Path, Known> next = new TreeMap<>();
        unreadable.keySet().retainAll(folders);
        for (Path folder : folders) {
            List<Stamp> stamps = stamps(folder);
            Known before = known.get(folder);
            if (before != null && before.stamps().equals(stamps)) {
                unreadable.remove(folder);
                next.put(folder, before);
            } else {
                read(folder, stamps, next);
            }
        }
        if (!next.equals(known)) {
            use(next);
        }
    }

    private void read(Path folder, List<Stamp> stamps, Map<Path, Known> next) {
        try {
            next.put(folder, new Known(stamps, SuitePrompts.read(folder)));
            unreadable.remove(folder);
        } catch (UsageException e) {
            Known before = known.get(folder);
            if (before != null) {
                next.put(folder, before);
            }
            if (!stamps.equals(unreadable.put(folder, stamps))) {
                log.atWarn()
                        .setMessage("a gate suite cannot be read and stays as it was")
                        .addKeyValue("suite", folder)
                        .addKeyValue("reason", e.getMessage())
                        .log();
            }
        }
    }

    private void use(Map<Path, Known> next) {
        known = next;
        suites = GateSuites.of(next.values().stream().map(Known::suite).toList());
        log.atInfo()
                .setMessage("questions are kept out of training")
                .addKeyValue("suites", next.values().stream().map(k -> k.suite().name()).toList())
                .log();
    }

    private List<Path> folders() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Stamp> stamps(Path folder) {
        return SuitePrompts.files(folder).stream().map(SuiteWatch::stamp).toList();
    }

    private static Stamp stamp(Path file) {
        try {
            return new Stamp(Files.getLastModifiedTime(file).toMillis(), Files.size(file));
        } catch (IOException e) {
            return Stamp.ABSENT;
        }
    }
}
