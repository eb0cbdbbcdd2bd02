package io.millrace.ingest.importer;

import io.millrace.ingest.EventSink;
import io.millrace.ingest.importer.Rows.BadRow;
import io.millrace.ingest.redaction.Redaction;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.UsageException;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** Publishes labelled examples as demonstrations of one principal. */
public final class Importer {

    private final EventSink sink;
    private final PrincipalId principal;
    private final Redaction redaction;
    private final Clock clock;

    public Importer(EventSink sink, PrincipalId principal, Redaction redaction, Clock clock) {
        this.sink = sink;
        this.principal = principal;
        this.redaction = redaction;
        this.clock = clock;
    }

    /** One whose redaction goes by the default rules. */
    public Importer(EventSink sink, PrincipalId principal, Clock clock) {
        this(sink, principal, Redaction.DEFAULT, clock);
    }

    /**
     * The ids of all demonstrations that earlier imports have put into the topic.
     *
     * @param goOn asked at each; when it says false, those so far are the answer
     */
    public static Set<String> published(KafkaSettings kafka, BooleanSupplier goOn) {
        Set<String> ids = new HashSet<>();
        EventLog.forEachKey(
                kafka,
                Topics.DEMONSTRATIONS,
                key -> {
                    if (key.startsWith(Demonstrations.ID_PREFIX)) {
                        ids.add(key);
                    }
                    return goOn.getAsBoolean();
                });
        return ids;
    }

    /**
     * Publishes the examples and waits until all are acknowledged.
     *
     * @param source where they came from, such as a file's name
     * @param progress hears how many are acknowledged so far
     * @throws MillraceException when Kafka did not take one of them; importing again is safe
     */
    public void publish(List<LabelledExample> examples, String source, IntConsumer progress) {
        Demonstrations demonstrations = new Demonstrations(principal, source, redaction, clock);
        InFlight inFlight = new InFlight(source, progress);
        for (LabelledExample example : examples) {
            inFlight.add(
                    example.line(), sink.send(Topics.DEMONSTRATIONS, demonstrations.of(example)));
        }
        inFlight.land();
    }

    /**
     * Publishes what a file holds and is not known yet, and waits until all of it is acknowledged.
     * A row goes out as a whole or, when one of its examples is too large for an event, not at all.
     *
     * @param known ids of demonstrations that need not be sent; those that are sent join them
     * @param rejects gets the rows that cannot be used
     * @param goOn hears the count before each row, and ends the import there by saying false
     * @throws UsageException when the file cannot be read to its end; what came before is published
     * @throws MillraceException when Kafka did not take something; importing again is safe
     */
    public ImportCount publish(
            DataFile file, Set<String> known, Rejects rejects, Predicate<ImportCount> goOn) {
        Run run = new Run(file.name(), known, rejects);
        try {
            while (goOn.test(run.count())) {
                Optional<Row> row = file.next();
                if (row.isEmpty()) {
                    break;
                }
                run.take(row.get());
            }
        } catch (UsageException e) {
            run.inFlight.land();
            throw e;
        }
        run.inFlight.land();
        return run.count();
    }

    /** One file on its way. */
    private final class Run {

        private final Demonstrations demonstrations;
        private final Set<String> known;
        private final Rejects rejects;
        private final InFlight inFlight;
        private long rows;
        private long published;
        private long duplicates;
        private long rejected;

        private Run(String source, Set<String> known, Rejects rejects) {
            this.demonstrations = new Demonstrations(principal, source, redaction, clock);
            this.known = known;
            this.rejects = rejects;
            this.inFlight = new InFlight(source, acknowledged -> {});
        }

        private void take(Row row) {
            rows++;
            switch (row) {
                case BadRow bad -> reject(bad);
                case Row.Usable usable -> take(usable);
            }
        }

        private void take(Row.Usable row) {
            List<Demonstration> made = new ArrayList<>();
            for (LabelledExample example : row.examples()) {
                Optional<Demonstration> demonstration = demonstrations.fitting(example);
                if (demonstration.isEmpty()) {
                    reject(new BadRow(row.line(), Demonstrations.TOO_LARGE));
                    return;
                }
                made.add(demonstration.get());
            }
            made.forEach(demonstration -> send(demonstration, row.line()));
        }

        private void send(Demonstration demonstration, long line) {
            if (known.add(demonstration.demonstrationId().value())) {
                inFlight.add(line, sink.send(Topics.DEMONSTRATIONS, demonstration));
                published++;
            } else {
                duplicates++;
            }
        }

        private void reject(BadRow row) {
            rejected++;
            rejects.add(row);
        }

        private ImportCount count() {
            return new ImportCount(rows, published, duplicates, rejected);
        }
    }
}
