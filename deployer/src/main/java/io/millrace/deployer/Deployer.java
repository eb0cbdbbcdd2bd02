package io.millrace.deployer;

import io.millrace.deployer.rollout.Announcement;
import io.millrace.deployer.rollout.Attempt;
import io.millrace.deployer.rollout.Judged;
import io.millrace.deployer.rollout.Ledger;
import io.millrace.deployer.rollout.Rollout;
import io.millrace.deployer.rollout.Rollout.Flipping;
import io.millrace.deployer.rollout.Rollout.Live;
import io.millrace.deployer.rollout.Rollout.Loading;
import io.millrace.deployer.rollout.Rollout.Refused;
import io.millrace.deployer.rollout.Rollout.Settled;
import io.millrace.deployer.rollout.Rollout.Testing;
import io.millrace.deployer.rollout.Rollout.UnderWay;
import io.millrace.deployer.serving.LiveModels;
import io.millrace.deployer.target.ServingTarget;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs rollouts, one at a time. Events only fill the ledger until {@link #restore}; from then
 * on each may start a rollout. A version is announced as live after the flip, never before: whoever
 * reads of it finds it answering. When the announcement can't be written the caller hears of it,
 * and a restart takes the verdict up again.
 */
final class Deployer {

    private static final Logger log = LoggerFactory.getLogger(Deployer.class);

    private final Ledger ledger;
    private final ServingTarget target;
    private final Consumer<List<Deployment>> announce;
    private final DeployerMetrics metrics;
    private final Clock clock;
    private boolean restored;

    Deployer(
            Ledger ledger,
            ServingTarget target,
            Consumer<List<Deployment>> announce,
            DeployerMetrics metrics,
            Clock clock) {
        this.ledger = ledger;
        this.target = target;
        this.announce = announce;
        this.metrics = metrics;
        this.clock = clock;
    }

    synchronized void heard(Candidate candidate) {
        ledger.replay(candidate);
        takeUp();
    }

    synchronized void heard(Verdict verdict) {
        ledger.replay(verdict);
        takeUp();
    }

    /**
     * Serves again what was live when the process before this one ended, the base model if nothing
     * was, and then takes up what was judged meanwhile.
     *
     * @throws MillraceException when the live version can't be served again: another model in its
     *     place would surprise everybody
     */
    synchronized void restore() {
        Optional<Deployment> live = ledger.live();
        if (live.isPresent()) {
            resume(live.get().modelVersion());
        } else {
            target.startWithBase();
        }
        showLive();
        restored = true;
        takeUp();
    }

    synchronized boolean restored() {
        return restored;
    }

    private void resume(ModelVersion version) {
        Rollout start =
                ledger.judged(version)
                        .map(judged -> Rollout.resume(judged, target.baseDigest()))
                        .orElseThrow(() ->
                                new MillraceException(
                                        "version %s is live but its candidate or verdict is gone: restore the topics"
                                                .formatted(version)));
        if (settle(start) instanceof Refused refused) {
            throw new MillraceException(
                    "version %s was live and can't be served again: %s"
                            .formatted(version, refused.reason()));
        }
    }

    private void takeUp() {
        while (restored) {
            Optional<Judged> waiting = ledger.waiting();
            if (waiting.isEmpty()) {
                return;
            }
            ModelVersion live = ledger.live().map(Deployment::modelVersion).orElse(null);
            write(settle(Rollout.begin(waiting.get(), target.baseDigest(), live)));
        }
    }

    /** Takes a rollout through its steps to its end. */
    private Settled settle(Rollout start) {
        Rollout state = start;
        while (true) {
            switch (state) {
                case UnderWay step -> state = Rollout.decide(step, perform(step));
                case Settled end -> {
                    return end;
                }
            }
        }
    }

    private Attempt perform(UnderWay step) {
        ModelVersion version = step.adapter().version();
        return switch (step) {
            case Loading(var adapter) -> target.load(adapter);
            case Testing _ -> target.smokeTest(version);
            case Flipping _ -> target.flip(version);
        };
    }

    private void write(Settled end) {
        List<Deployment> events = Announcement.of(end, ledger.live().orElse(null), clock.instant());
        announce.accept(events);
        for (Deployment event : events) {
            ledger.replay(event);
            metrics.wrote(event);
        }
        log(end);
        showLive();
    }

    private void showLive() {
        metrics.live(
                target.live().map(ModelVersion::value).orElse(LiveModels.BASE), ledger.swaps());
    }

    private static void log(Settled end) {
        switch (end) {
            case Live(var version, var digest) ->
                    log.atInfo()
                            .setMessage("version is live")
                            .addKeyValue("version", version)
                            .addKeyValue("digest", digest.brief())
                            .log();
            case Refused(var version, var digest, String reason) ->
                    log.atWarn()
                            .setMessage("version refused")
                            .addKeyValue("version", version)
                            .addKeyValue("digest", digest.brief())
                            .addKeyValue("reason", reason)
                            .log();
        }
    }
}
