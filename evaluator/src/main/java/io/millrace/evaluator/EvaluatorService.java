package io.millrace.evaluator;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.evaluator.report.ReportDirectory;
import io.millrace.evaluator.suite.Examination;
import io.millrace.evaluator.suite.UnansweredException;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventLoop;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.Logged;
import io.millrace.runtime.Service;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Topics;
import io.millrace.schemas.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evaluator as a service: each candidate gets exactly one verdict.
 *
 * <p>It begins by fencing every other evaluator off and reading which candidates have a verdict;
 * then it replays the candidates and judges those without one, in their order. A verdict is written
 * once its report is. An evaluator that dies on the way has written nothing, and the next one
 * starts that examination again; an examination that breaks off since a model cannot answer leaves
 * no verdict either, and is tried again at the next start.
 */
public final class EvaluatorService implements Service {

    private static final Logger log = LoggerFactory.getLogger(EvaluatorService.class);
    private static final String NAME = "evaluator";
    private static final int LEDGER_ATTEMPTS = 50;
    private static final Duration LEDGER_PAUSE = Duration.ofMillis(100);

    private final KafkaSettings kafka;
    private final StreamExaminations examinations;
    private final Examiner examiner;
    private final EvaluatorMetrics metrics;
    private final Consumer<EvaluatorProgress> progress;
    private final Set<ModelVersion> judged = new HashSet<>();
    private @Nullable EventProducer producer;
    private @Nullable EventLoop<Candidate> candidates;
    private volatile boolean closing;

    /**
     * An evaluator, not started.
     *
     * @param progress called on the evaluator's thread, after every batch of answers
     */
    public EvaluatorService(
            EvaluatorConfig config,
            KafkaSettings kafka,
            Examinees examinees,
            MeterRegistry meters,
            Consumer<EvaluatorProgress> progress) {
        this.kafka = kafka;
        this.examinations = new StreamExaminations(kafka, config.suites());
        this.examiner =
                new Examiner(
                        examinees,
                        config.policy(),
                        new ReportDirectory(config.reports()),
                        Clock.systemUTC());
        this.metrics = new EvaluatorMetrics(meters);
        this.progress = progress;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void start() {
        EventProducer verdicts =
                EventProducer.transactional(kafka, NAME, kafka.topicPrefix() + "-" + NAME);
        producer = verdicts;
        List<Logged<Verdict>> known = EventLog.read(kafka, Topics.VERDICTS);
        known.forEach(logged -> judged.add(logged.event().modelVersion()));
        if (!known.isEmpty()) {
            metrics.show(known.getLast().event());
        }
        candidates =
                new EventLoop<>(
                        kafka, Topics.CANDIDATES, NAME, logged -> accept(logged.event(), verdicts));
        candidates.start();
    }

    private void accept(Candidate candidate, EventProducer verdicts) {
        if (judged.contains(candidate.modelVersion())) {
            return;
        }
        try {
            Verdict verdict = metrics.time(() -> judge(candidate));
            verdicts.transaction(transaction -> {
                var _ = transaction.send(Topics.VERDICTS, verdict);
            });
            judged.add(candidate.modelVersion());
            metrics.judged(verdict);
            log.atInfo()
                    .setMessage("verdict")
                    .addKeyValue("model", verdict.modelVersion())
                    .addKeyValue("outcome", verdict.outcome())
                    .addKeyValue("report", verdict.report())
                    .log();
        } catch (UnansweredException e) {
            if (closing) {
                return;
            }
            metrics.brokenOff();
            log.atError()
                    .setMessage("no verdict, the examination broke off; a restart tries again")
                    .addKeyValue("model", candidate.modelVersion())
                    .setCause(e)
                    .log();
        }
    }

    private Verdict judge(Candidate candidate) {
        Contest contest = contest(candidate);
        Examination examination = examinations.compose(contest.lineage());
        log.atInfo()
                .setMessage("examination")
                .addKeyValue("model", candidate.modelVersion())
                .addKeyValue("cases", examination.cases().size())
                .addKeyValue("contaminated", examination.contaminated())
                .addKeyValue("erased", examination.erased())
                .log();
        int total = 2 * examination.cases().size();
        return examiner.examine(
                candidate,
                contest.champion(),
                examination,
                answered -> {
                    if (closing) {
                        throw new UnansweredException("the evaluator is closing");
                    }
                    progress.accept(
                            new EvaluatorProgress(candidate.modelVersion(), answered, total));
                });
    }

    /** Who stands against whom; waits a moment for a ledger that is a transaction marker behind. */
    private Contest contest(Candidate candidate) {
        for (int attempt = 1; true; attempt++) {
            try {
                return ModelRegistry.read(kafka).contest(candidate);
            } catch (LedgerBehindException e) {
                if (attempt == LEDGER_ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(LEDGER_PAUSE.toNanos());
            }
        }
    }

    @Override
    public boolean live() {
        return candidates == null || candidates.live();
    }

    @Override
    public boolean ready() {
        return candidates != null && candidates.caughtUp();
    }

    @Override
    public void close() {
        closing = true;
        if (candidates != null) {
            candidates.close();
        }
        if (producer != null) {
            producer.close();
        }
    }
}
