package io.millrace.launcher.demo;

import io.millrace.runtime.EventLoop;
import io.millrace.runtime.KafkaSettings;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.Candidate;
import io.millrace.schemas.Deployment;
import io.millrace.schemas.DeploymentState;
import io.millrace.schemas.Event;
import io.millrace.schemas.ModelVersion;
import io.millrace.schemas.Topic;
import io.millrace.schemas.Topics;
import io.millrace.schemas.TrainingProgress;
import io.millrace.schemas.TrainingWindow;
import io.millrace.schemas.Verdict;
import io.millrace.schemas.WindowId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the topics say, as it is said: the demo knows nothing of the services but their events. */
final class Watch implements AutoCloseable {

    /** Where curated events go. */
    enum Pile {
        SFT,
        HOLDOUT,
        PREFERENCES,
        QUARANTINE
    }

    private final KafkaSettings kafka;
    private final List<EventLoop<?>> loops = new ArrayList<>();
    private final Map<Pile, Integer> piles = new EnumMap<>(Pile.class);
    private final List<TrainingWindow> windows = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>();
    private final List<Deployment> deployments = new ArrayList<>();
    private @Nullable TrainingProgress progress;
    private long lastCurated = System.nanoTime();

    Watch(KafkaSettings kafka) {
        this.kafka = kafka;
        follow(Topics.SFT, event -> curated(Pile.SFT));
        follow(Topics.HOLDOUT, event -> curated(Pile.HOLDOUT));
        follow(Topics.PREFERENCES, event -> curated(Pile.PREFERENCES));
        follow(Topics.QUARANTINE, event -> curated(Pile.QUARANTINE));
        follow(Topics.PROGRESS, event -> progress = event);
        follow(Topics.WINDOWS, windows::add);
        follow(Topics.CANDIDATES, candidates::add);
        follow(Topics.VERDICTS, verdicts::add);
        follow(Topics.DEPLOYMENTS, deployments::add);
    }

    private <E extends Event> void follow(Topic<E> topic, Consumer<E> handler) {
        EventLoop<E> loop =
                new EventLoop<>(
                        kafka,
                        topic,
                        "demo",
                        logged -> {
                            synchronized (this) {
                                handler.accept(logged.event());
                                notifyAll();
                            }
                        });
        loops.add(loop);
        loop.start();
    }

    private void curated(Pile pile) {
        piles.merge(pile, 1, Integer::sum);
        lastCurated = System.nanoTime();
    }

    synchronized int count(Pile pile) {
        return piles.getOrDefault(pile, 0);
    }

    /** How long curation has been silent. */
    synchronized Duration quiet() {
        return Duration.ofNanos(System.nanoTime() - lastCurated);
    }

    synchronized Optional<TrainingProgress> progress(WindowId window) {
        return Optional.ofNullable(progress).filter(p -> p.windowId().equals(window));
    }

    synchronized Optional<TrainingWindow> window(int sequence) {
        return windows.stream().filter(w -> w.sequence() == sequence).findFirst();
    }

    synchronized Optional<Candidate> candidate(ModelVersion version) {
        return candidates.stream().filter(c -> c.modelVersion().equals(version)).findFirst();
    }

    synchronized Optional<Verdict> verdict(ModelVersion version) {
        return verdicts.stream().filter(v -> v.modelVersion().equals(version)).findFirst();
    }

    /** The deployer's answer to a verdict: live, or refused. */
    synchronized Optional<Deployment> deployment(ModelVersion version) {
        return deployments.stream()
                .filter(d -> d.modelVersion().equals(version))
                .filter(d ->
                        d.state() == DeploymentState.LIVE || d.state() == DeploymentState.REFUSED)
                .findFirst();
    }

    /**
     * Waits until something is there.
     *
     * @param what completes "… did not happen within"
     * @throws MillraceException when it is not there in time
     */
    synchronized <T> T await(
            Supplier<Optional<T>> look, Duration patience, String what, Runnable meanwhile) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            meanwhile.run();
            if (System.nanoTime() > deadline) {
                throw new MillraceException(
                        "%s did not happen within %d s: see the log for what went wrong"
                                .formatted(what, patience.toSeconds()));
            }
            try {
                wait(250);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new MillraceException("interrupted while waiting: " + what, e);
            }
        }
    }

    @Override
    public void close() {
        loops.forEach(EventLoop::close);
    }
}
