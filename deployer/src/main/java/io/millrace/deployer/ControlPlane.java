package io.millrace.deployer;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.deployer.rollout.Ledger;
import io.millrace.deployer.target.ServingTarget;
import io.millrace.runtime.EventLog;
import io.millrace.runtime.EventLoop;
import io.millrace.runtime.EventProducer;
import io.millrace.runtime.KafkaSettings;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.Topics;
import io.millrace.schemas.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The half that decides what is served: candidates and verdicts in, deployments out. It fences off
 * any deployer before it and only then reads the deployments; nobody but us can add one afterwards.
 */
final class ControlPlane implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ControlPlane.class);
    private static final Duration REPLAY_PATIENCE = Duration.ofMinutes(2);

    private final EventProducer producer;
    private final Deployer deployer;
    private final EventLoop<Candidate> candidates;
    private final EventLoop<Verdict> verdicts;
    private final Thread restoring;
    private volatile boolean failed;

    /**
     * Takes over from whoever deployed before.
     *
     * @throws io.millrace.runtime.MillraceException when Kafka can't be reached
     */
    ControlPlane(String name, KafkaSettings kafka, ServingTarget target, MeterRegistry meters) {
        producer =
                EventProducer.transactional(
                        kafka, name, "%s-%s".formatted(kafka.topicPrefix(), name));
        producer.bindTo(meters);
        Ledger ledger = new Ledger();
        EventLog.read(kafka, Topics.DEPLOYMENTS).forEach(d -> ledger.replay(d.event()));
        deployer =
                new Deployer(
                        ledger,
                        target,
                        this::announce,
                        new DeployerMetrics(meters),
                        Clock.systemUTC());
        candidates =
                new EventLoop<>(kafka, Topics.CANDIDATES, name, c -> deployer.heard(c.event()));
        verdicts = new EventLoop<>(kafka, Topics.VERDICTS, name, v -> deployer.heard(v.event()));
        restoring = Thread.ofPlatform().name(name + "-restore").daemon().unstarted(this::restore);
    }

    void start() {
        candidates.start();
        verdicts.start();
        restoring.start();
    }

    boolean live() {
        return !failed && candidates.live() && verdicts.live();
    }

    boolean ready() {
        return live() && deployer.restored();
    }

    private void restore() {
        try {
            candidates.awaitCaughtUp(REPLAY_PATIENCE);
            verdicts.awaitCaughtUp(REPLAY_PATIENCE);
            deployer.restore();
        } catch (InterruptedException e) {
            log.atDebug().setMessage("closed before everything was replayed").log();
        } catch (RuntimeException e) {
            failed = true;
            log.atError().setMessage("the live version can't be served").setCause(e).log();
        }
    }

    /** All of one rollout's events or none: the commit fails when one of them did. */
    private void announce(List<Deployment> events) {
        producer.transaction(transaction -> {
            for (Deployment event : events) {
                var _ = transaction.send(Topics.DEPLOYMENTS, event);
            }
        });
    }

    /** A model that is being loaded must not lose its base under way. */
    private void awaitRestoring() {
        restoring.interrupt();
        try {
            restoring.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        awaitRestoring();
        candidates.close();
        verdicts.close();
        producer.close();
    }
}
