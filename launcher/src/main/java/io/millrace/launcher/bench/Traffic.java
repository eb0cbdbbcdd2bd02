package io.millrace.launcher.bench;

import io.millrace.runtime.EventProducer;
import io.millrace.schemas.Correction;
import io.millrace.schemas.Demonstration;
import io.millrace.schemas.DemonstrationId;
import io.millrace.schemas.Event;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.FeedbackKind;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What an application sends, about 1 KB an event: of a hundred events some 46 interactions, 25
 * thumbs with a comment, 16 corrections (some before their interaction, some revised) and 12
 * demonstrations. Two in a hundred are sent twice, and three prompts in a hundred say nearly what
 * an earlier one said. The same seed makes the same events.
 */
final class Traffic {

    private static final double DEMONSTRATIONS = 0.20;
    private static final double RATED = 0.55;
    private static final double CORRECTED = 0.30;
    private static final double REVISED = 0.15;
    private static final double SENT_TWICE = 0.02;
    private static final double NEARLY_SAID = 0.03;

    /** As many events are under way at once, and leave in any order. */
    private static final int UNDER_WAY = 200;

    private static final int PROMPTS_KEPT = 20_000;
    private static final int EVENTS_OF_A_PRINCIPAL = 10;

    private final Random random;
    private final Prose prose;
    private final Instant start;
    private final List<Event> underWay = new ArrayList<>();
    private final List<String> prompts = new ArrayList<>();
    private int made;
    private int sent;

    Traffic(long seed, Instant start) {
        this.random = new Random(seed);
        this.prose = new Prose(random);
        this.start = start;
    }

    /** Sends the next events to their topics; all of them are acknowledged when it returns. */
    void send(EventProducer producer, int events) {
        for (int i = 0; i < events; i++) {
            var _ =
                    switch (next()) {
                        case Interaction event -> producer.send(Topics.INTERACTIONS, event);
                        case Feedback event -> producer.send(Topics.FEEDBACK, event);
                        case Correction event -> producer.send(Topics.CORRECTIONS, event);
                        case Demonstration event -> producer.send(Topics.DEMONSTRATIONS, event);
                        case Event other -> throw new IllegalStateException("no traffic: " + other);
                    };
        }
        producer.flush();
    }

    private Event next() {
        sent++;
        while (underWay.size() < UNDER_WAY) {
            begin();
        }
        int chosen = random.nextInt(underWay.size());
        if (random.nextDouble() < SENT_TWICE) {
            return underWay.get(chosen);
        }
        Event last = underWay.removeLast();
        return chosen == underWay.size() ? last : underWay.set(chosen, last);
    }

    private void begin() {
        String id = Integer.toString(made++);
        if (random.nextDouble() < DEMONSTRATIONS) {
            underWay.add(demonstration(id));
            return;
        }
        underWay.add(interaction(id));
        if (random.nextDouble() < RATED) {
            underWay.add(feedback(id));
        }
        if (random.nextDouble() < CORRECTED) {
            underWay.add(correction(id, 1));
            if (random.nextDouble() < REVISED) {
                underWay.add(correction(id, 2));
            }
        }
    }

    private Interaction interaction(String id) {
        return new Interaction(
                new InteractionId("interaction-" + id),
                principal(),
                "conversation-" + id,
                "millrace-v1",
                List.of(Message.user(prompt())),
                prose.text(320),
                List.of("billing"),
                200 + random.nextInt(800),
                now());
    }

    private Feedback feedback(String id) {
        return new Feedback(
                "feedback-" + id,
                new InteractionId("interaction-" + id),
                principal(),
                FeedbackKind.THUMB,
                random.nextInt(2),
                prose.text(640),
                now());
    }

    private Correction correction(String id, int revision) {
        return new Correction(
                "correction-" + id,
                new InteractionId("interaction-" + id),
                new PrincipalId("reviewer-" + id),
                revision,
                prose.text(480),
                prose.text(120),
                now());
    }

    private Demonstration demonstration(String id) {
        return new Demonstration(
                new DemonstrationId("demonstration-" + id),
                principal(),
                List.of(Message.user(prompt())),
                prose.text(360),
                List.of("shipping"),
                "handbook",
                now());
    }

    private String prompt() {
        if (!prompts.isEmpty() && random.nextDouble() < NEARLY_SAID) {
            return prompts.get(random.nextInt(prompts.size())) + " " + prose.word();
        }
        String prompt =
                "My order %d of %s: %s"
                        .formatted(random.nextInt(1_000_000), prose.word(), prose.text(270));
        if (prompts.size() < PROMPTS_KEPT) {
            prompts.add(prompt);
        } else {
            prompts.set(random.nextInt(PROMPTS_KEPT), prompt);
        }
        return prompt;
    }

    /** How many events at most have not been sent although others of their case have. */
    int waiting() {
        return underWay.size();
    }

    private PrincipalId principal() {
        return new PrincipalId(
                "customer-" + random.nextInt(1 + (made + UNDER_WAY) / EVENTS_OF_A_PRINCIPAL));
    }

    private Instant now() {
        return start.plusMillis(sent);
    }
}
