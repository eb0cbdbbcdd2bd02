package io.millrace.ingest.curation;

import static io.millrace.ingest.curation.Events.asking;
import static io.millrace.ingest.curation.Events.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.Correction;
import io.millrace.schemas.Event;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.FeedbackKind;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Message;
import io.millrace.schemas.Preference;
import io.millrace.schemas.PrincipalId;
import io.millrace.schemas.TenantId;
import io.millrace.schemas.Topics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All steps at once: whatever the order of a case's events, and however often each comes. */
final class AnyOrderTest extends CurationFixture {

    private static final int ORDERS = 60;
    private static final TenantId ACME = new TenantId("acme");
    private static final String TODAY = "It was returned to us; we send it again today.";
    private static final String CALL = "Please call us at +44 20 7946 0958, we look for it.";
    private static final String LEAK =
            "it lies in the yard behind the old mill where nobody has looked so far";

    private static final List<Event> CASE =
            List.of(
                    new Interaction(
                            new InteractionId("i-1"),
                            new PrincipalId("customer"),
                            null,
                            "v1",
                            List.of(Message.user("Where is my parcel, jo@example.org asks?")),
                            "Your parcel is on its way and arrives tomorrow at noon.",
                            List.of(),
                            12,
                            at(0),
                            ACME),
                    rated("f-1", "ann", 1, 1, ACME),
                    rated("f-2", "ann", 0, 2, ACME),
                    rated("f-3", "ben", 1, 3, ACME),
                    rated("f-4", "eve", 0, 4, new TenantId("globex")),
                    corrected("c-1", "ann", 1, TODAY, 5, ACME),
                    corrected("c-2", "ann", 2, CALL, 6, ACME),
                    corrected("c-3", "ann", 3, "Well, " + LEAK, 7, ACME),
                    corrected("c-4", "ben", 0, TODAY, 8, ACME),
                    corrected("c-5", "cleo", 0, "no ".repeat(100), 9, ACME),
                    corrected("c-6", "dan", 1, LEAK, 10, ACME),
                    corrected("c-7", "dan", 2, CALL.toUpperCase(Locale.ROOT), 11, ACME),
                    corrected("c-8", "eve", 0, "It is mine.", 12, new TenantId("globex")));

    private record Said(List<Message> prompt, String answer) {}

    /** What a reader who keeps the latest record of each id ends up with. */
    private record Curated(
            Set<Said> examples,
            Map<ExampleId, Preference> preferences,
            Set<Map.Entry<String, Said>> quarantined) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theCuratedSetIsTheSame(long seed) {
        Curated expected = curated(CASE);
        assertThat(expected.examples())
                .extracting(Said::answer)
                .containsExactlyInAnyOrder(
                        TODAY,
                        "Please call us at <PHONE_1>, we look for it.",
                        "PLEASE CALL US AT <PHONE_1>, WE LOOK FOR IT.");
        assertThat(expected.preferences()).hasSize(3);
        assertThat(expected.quarantined())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("contaminated", "contaminated", "repetition");

        Random random = new Random(seed);
        for (int order = 0; order < ORDERS; order++) {
            List<Event> told = new ArrayList<>(CASE);
            for (int i = 0; i < 4; i++) {
                told.add(CASE.get(random.nextInt(CASE.size())));
            }
            Collections.shuffle(told, random);

            assertThat(curated(told)).as("%s", told).isEqualTo(expected);
        }
    }

    private Curated curated(List<Event> told) {
        stop();
        start();
        suites = asking("yard", "And my tent?", LEAK);
        for (Event event : told) {
            switch (event) {
                case Interaction e -> send(Topics.INTERACTIONS, e);
                case Feedback e -> send(Topics.FEEDBACK, e);
                case Correction e -> send(Topics.CORRECTIONS, e);
                default -> throw new AssertionError(event);
            }
        }
        Map<ExampleId, Said> examples = new HashMap<>();
        events(Topics.SFT).forEach(e -> examples.put(e.example().exampleId(), said(e.example())));
        Map<ExampleId, Preference> preferences = new HashMap<>();
        events(Topics.PREFERENCES).forEach(p -> preferences.put(p.exampleId(), p));
        return new Curated(
                new HashSet<>(examples.values()),
                preferences,
                events(Topics.QUARANTINE).stream()
                        .map(q -> Map.entry(q.reason(), said(q.example())))
                        .collect(Collectors.toSet()));
    }

    private static Said said(Example example) {
        return new Said(example.messages(), example.answer());
    }

    private static Feedback rated(
            String id, String principal, int thumb, int minute, TenantId tenant) {
        return new Feedback(
                id,
                new InteractionId("i-1"),
                new PrincipalId(principal),
                FeedbackKind.THUMB,
                thumb,
                "so says " + principal,
                at(minute),
                tenant);
    }

    private static Correction corrected(
            String id, String principal, int revision, String answer, int minute, TenantId tenant) {
        return new Correction(
                id,
                new InteractionId("i-1"),
                new PrincipalId(principal),
                revision,
                answer,
                "so says " + principal,
                at(minute),
                tenant);
    }
}
