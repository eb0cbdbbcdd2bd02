package io.millrace.trainer;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.model.artefact.ArtefactStore;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventLoop;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.MillraceException;
import io.millrace.runtime.Service;
import io.millrace.schemas.Event;
import io.millrace.schemas.OffsetRange;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingProgress;
import io.millrace.schemas.TrainingRequest;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.TriggerId;
import io.millrace.trainer.lineage.Champion;
import io.millrace.trainer.training.BaseModel;
import io.millrace.trainer.training.SftRun;
import io.millrace.trainer.trigger.TriggerLoop;
import io.millrace.trainer.window.Ledger;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers training requests, one after the other, each with exactly one window of the ledger. A
 * request that comes while a run is under way waits; one that the ledger names is not answered
 * again, so a restart begins where the last left off and whatever an interrupted run did is done
 * anew. Constructing a trainer fences off every older one on the same topics.
 */
public final class TrainerService implements Service {

    private static final Logger log = LoggerFactory.getLogger(TrainerService.class);
    private static final String NAME = "trainer";

    private final TrainerSettings settings;
    private final EventProducer transactions;
    private final EventProducer progress;
    private final EventLoop<TrainingRequest> requests;
    private final TriggerLoop trigger;
    private final TrainerMetrics metrics;
    private final WindowRun run;
    private final LedgerWriter writer;
    private final ArtefactStore store;
    private volatile Ledger ledger = Ledger.EMPTY;
    private volatile boolean started;
    private volatile boolean closing;

    public TrainerService(
            TrainerSettings settings,
            BaseModel base,
            ArtefactStore store,
            MeterRegistry registry,
            Clock clock) {
        KafkaSettings kafka = settings.kafka();
        this.settings = settings;
        this.store = store;
        transactions = EventProducer.transactional(kafka, NAME, kafka.topicPrefix() + "-" + NAME);
        progress = new EventProducer(kafka, NAME);
        requests = new EventLoop<>(kafka, Topics.REQUESTS, NAME, this::answer);
        trigger = new TriggerLoop(kafka, settings.trigger(), clock);
        metrics = new TrainerMetrics(registry, trigger::untrainedExamples);
        run = new WindowRun(kafka, store, new SftRun(base, clock, this::report, () -> closing));
        writer = new LedgerWriter(transactions, store, base, clock);
        transactions.bindTo(registry);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        ledger = Ledger.of(events(Topics.WINDOWS));
        List<String> breaches = ledger.verifyTiling();
        if (!breaches.isEmpty()) {
            throw new MillraceException(
                    "the window ledger does not tile: " + String.join("; ", breaches));
        }
        trigger.start();
        requests.start();
        started = true;
    }

    @Override
    public boolean live() {
        return requests.live() && trigger.live();
    }

    @Override
    public boolean ready() {
        return started && !closing && live();
    }

    /**
     * Gives up the run in hand, if any; nothing of it stays, and its request is answered after the
     * next start.
     */
    @Override
    public void close() {
        closing = true;
        trigger.close();
        requests.close();
        progress.close();
        transactions.close();
    }

    private void answer(Logged<TrainingRequest> request) {
        TriggerId id = request.event().triggerId();
        if (closing || ledger.answers(id)) {
            return;
        }
        WindowPlan plan = plan();
        log.atInfo()
                .setMessage("window cut")
                .addKeyValue("window", plan.id())
                .addKeyValue("trigger", id)
                .addKeyValue("parent", plan.parent() == null ? "base" : plan.parent().version())
                .log();
        try (Staging staging = Staging.in(store)) {
            switch (metrics.timed(() -> run.run(plan, staging))) {
                case WindowResult.Trained result -> note(writer.write(plan, id, result, staging));
                case WindowResult.Fruitless result -> note(writer.write(plan, id, result, staging));
                case WindowResult.Abandoned() ->
                        log.atInfo()
                                .setMessage("run given up")
                                .addKeyValue("window", plan.id())
                                .log();
            }
        }
    }

    /**
     * The next window: from where the last ended to what is stable now, on top of who is champion
     * now.
     */
    private WindowPlan plan() {
        List<OffsetRange> ranges =
                Stream.of(Topics.ERASURES, Topics.SFT)
                        .flatMap(topic -> cut(topic).stream())
                        .toList();
        Optional<Champion> champion = Champion.after(events(Topics.DEPLOYMENTS), ledger);
        return WindowPlan.next(ledger, ranges, champion, settings.training());
    }

    private List<OffsetRange> cut(Topic<?> topic) {
        KafkaSettings kafka = settings.kafka();
        return ledger.cut(kafka.nameOf(topic), EventLog.endOffsets(kafka, topic));
    }

    private <E extends Event> List<E> events(Topic<E> topic) {
        return EventLog.read(settings.kafka(), topic).stream().map(Logged::event).toList();
    }

    private void note(TrainingWindow window) {
        ledger = ledger.plus(window);
        metrics.window(window);
        log.atInfo()
                .setMessage("window written")
                .addKeyValue("window", window.windowId())
                .addKeyValue("outcome", window.outcome())
                .addKeyValue("examples", window.examples())
                .addKeyValue("replayed", window.replayed())
                .addKeyValue("candidate", window.candidate())
                .addKeyValue("reason", window.reason())
                .log();
    }

    private void report(TrainingProgress step) {
        metrics.progress(step);
        progress.send(Topics.PROGRESS, step)
                .exceptionally(e -> {
                    log.atWarn().setMessage("progress not written").setCause(e).log();
                    return null;
                });
    }
}
