package io.millrace.launcher.demo;

import io.millrace.ingest.importer.LabelledExample;
import io.millrace.launcher.demo.Cast.Lie;
import io.millrace.runtime.MillraceException;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.PrincipalId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Simulated people at the doors. They know the right answer from the data file: they rate what they
 * get, and where it is wrong they correct it.
 */
final class Crowd {

    private static final int AT_ONCE = 4;
    private static final int PEOPLE = 60;

    private final Doors doors;
    private final String story;

    /**
     * @param story starts every interaction's id; another story is another set of interactions
     */
    Crowd(Doors doors, String story) {
        this.doors = doors;
        this.story = story;
    }

    /** How a round of questions went. */
    record Round(int asked, int right) {

        double accuracy() {
            return asked == 0 ? 0 : (double) right / asked;
        }
    }

    /** Asks and says nothing about the answers. */
    Round examine(String act, List<LabelledExample> questions, IntConsumer progress) {
        return play(act, questions, progress, (example, reply, principal) -> {});
    }

    /** Asks, rates, and corrects what is wrong. */
    Round correct(String act, List<LabelledExample> questions, IntConsumer progress) {
        return play(
                act,
                questions,
                progress,
                (example, reply, principal) -> {
                    boolean right = reply.answer().equals(example.answer());
                    doors.rate(reply.interaction(), principal, right);
                    if (!right) {
                        doors.correct(reply.interaction(), principal, example.answer());
                    }
                });
    }

    /** Asks, and "corrects" every answer to a wrong one. */
    Round mislead(String act, List<Lie> lies, IntConsumer progress) {
        Map<LabelledExample, String> wrong =
                lies.stream().collect(Collectors.toMap(Lie::question, Lie::answer, (a, b) -> a));
        return play(
                act,
                lies.stream().map(Lie::question).toList(),
                progress,
                (example, reply, principal) -> {
                    doors.rate(reply.interaction(), principal, false);
                    doors.correct(reply.interaction(), principal, wrong.getOrDefault(example, ""));
                });
    }

    private interface Reaction {

        void to(LabelledExample example, Doors.Reply reply, PrincipalId principal)
                throws IOException, InterruptedException;
    }

    private Round play(
            String act, List<LabelledExample> questions, IntConsumer progress, Reaction reaction) {
        AtomicInteger done = new AtomicInteger();
        AtomicInteger right = new AtomicInteger();
        List<Callable<Void>> turns = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            LabelledExample example = questions.get(i);
            InteractionId interaction = new InteractionId(story + "-" + act + "-" + i);
            PrincipalId principal = new PrincipalId("person-" + i % PEOPLE);
            turns.add(() -> {
                Doors.Reply reply = doors.ask(example, interaction, principal);
                if (reply.answer().equals(example.answer())) {
                    right.incrementAndGet();
                }
                reaction.to(example, reply, principal);
                progress.accept(done.incrementAndGet());
                return null;
            });
        }
        takeTurns(turns);
        return new Round(questions.size(), right.get());
    }

    private static void takeTurns(List<Callable<Void>> turns) {
        try (ExecutorService people = Executors.newFixedThreadPool(AT_ONCE)) {
            for (Future<Void> turn : people.invokeAll(turns)) {
                turn.get();
            }
        } catch (ExecutionException e) {
            throw new MillraceException(
                    "a simulated person could not get through: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MillraceException("stopped before everybody was heard", e);
        }
    }
}
