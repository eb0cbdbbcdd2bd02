package io.millrace.launcher.demo;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.PrincipalId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Traffic that never stops: people who ask what the model already knows, while it learns and while
 * it is swapped. Each request counts, and each that does not end in 200 counts as failed.
 */
final class Passersby implements AutoCloseable {

    private static final int PEOPLE = 2;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Doors doors;
    private final String story;
    private final List<LabelledExample> questions;
    private final ExecutorService people = Executors.newFixedThreadPool(PEOPLE);
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    Passersby(Doors doors, String story, List<LabelledExample> questions) {
        this.doors = doors;
        this.story = story;
        this.questions = List.copyOf(questions);
        for (int person = 0; person < PEOPLE; person++) {
            int own = person;
            people.execute(() -> walk(own));
        }
    }

    /** Requests so far, and how many of them failed. */
    record Count(long requests, long failed) {

        Count since(Count earlier) {
            return new Count(requests - earlier.requests, failed - earlier.failed);
        }
    }

    Count count() {
        return new Count(requests.get(), failed.get());
    }

    private void walk(int person) {
        PrincipalId principal = new PrincipalId("passerby-" + person);
        try {
            for (int i = person; !people.isShutdown(); i += PEOPLE) {
                ask(
                        questions.get(i % questions.size()),
                        new InteractionId(story + "-passerby-" + i),
                        principal);
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(LabelledExample question, InteractionId interaction, PrincipalId principal)
            throws InterruptedException {
        requests.incrementAndGet();
        try {
            doors.ask(question, interaction, principal);
        } catch (IOException e) {
            failed.incrementAndGet();
        }
    }

    /** Lets those who asked hear their answer. */
    @Override
    public void close() {
        people.close();
    }
}
