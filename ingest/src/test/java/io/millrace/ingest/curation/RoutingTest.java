package io.millrace.ingest.curation;

import static io.millrace.ingest.curation.Events.asking;
import static io.millrace.ingest.curation.Events.correction;
import static io.millrace.ingest.curation.Events.interaction;
import static io.millrace.ingest.curation.Events.thumb;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.ingest.contamination.GateSuites;
import io.millrace.schemas.Event;
import io.millrace.schemas.EventJson;
import io.millrace.schemas.Example;
import io.millrace.schemas.ExampleId;
import io.millrace.schemas.Feedback;
import io.millrace.schemas.FeedbackKind;
import io.millrace.schemas.Interaction;
import io.millrace.schemas.InteractionId;
import io.millrace.schemas.Preference;
import io.millrace.schemas.PreferenceKind;
import io.millrace.schemas.PrincipalId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTest {

    private static final String ORIGINAL =
            "Your parcel is on its way and arrives tomorrow at noon.";
    private static final String SMALL_EDIT =
            "Your parcel is on its way and arrives tomorrow at four.";
    private static final String LARGE_EDIT = "It was returned to us; we send it again today.";
    private static final Interaction INTERACTION =
            interaction("i-1", "Where is my parcel?", ORIGINAL);

    private static final String SECRET =
            "we are not to say that the parcel lies in the yard behind the old mill";

    private final Routing routing = routing(0.1);

    private static Routing routing(double editFloor) {
        GateSuites suites = asking("yard", "Where is it?", SECRET);
        return new Routing(
                new CurationRules(
                        editFloor, QualityRules.DEFAULT, Split.DEFAULT, PoisoningRules.DEFAULT),
                () -> suites);
    }

    /** What a reader who keeps the latest record of each id ends up with. */
    private record Curated(
            Map<ExampleId, Example> examples,
            Map<ExampleId, Preference> preferences,
            Set<Example> quarantined) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyOrderAndAnyRepetitionOfACasesEventsCurateTheSame(long seed) {
        List<Event> events =
                List.of(
                        INTERACTION,
                        thumb("f-1", "i-1", "ann", true, 1),
                        thumb("f-2", "i-1", "ann", false, 2),
                        correction("c-1", "i-1", "ann", 1, LARGE_EDIT, 3),
                        correction("c-2", "i-1", "ann", 2, SMALL_EDIT, 4),
                        correction("c-3", "i-1", "ann", 3, "no ".repeat(100), 5),
                        thumb("f-3", "i-1", "ben", true, 6),
                        correction("c-4", "i-1", "ben", 0, ORIGINAL, 7),
                        correction("c-5", "i-1", "ben", 0, SMALL_EDIT, 8),
                        correction("c-6", "i-1", "ben", 2, "Sorry, " + SECRET, 9),
                        correction("c-7", "i-1", "cleo", 1, "Oh, " + SECRET, 10));
        Curated expected = curate(events);
        assertThat(expected.examples()).hasSize(2);
        assertThat(expected.preferences()).hasSize(2);
        assertThat(expected.quarantined()).hasSize(3);

        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            List<Event> told = new ArrayList<>(events);
            for (int i = 0; i < 4; i++) {
                told.add(events.get(random.nextInt(events.size())));
            }
            Collections.shuffle(told, random);

            assertThat(curate(told)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void everyEventMeetsExactlyOneFateWhateverTheOrder(long seed) {
        List<Event> events = new ArrayList<>();
        events.add(INTERACTION);
        for (int i = 0; i < 4; i++) {
            events.add(thumb("f-" + i % 3, "i-1", "ann", i % 2 == 0, i));
            events.add(
                    correction(
                            "c-" + i % 3,
                            "i-1",
                            "ann",
                            i % 2,
                            i % 2 == 0 ? LARGE_EDIT : SMALL_EDIT,
                            i));
        }
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Collections.shuffle(events, random);

            long settled =
                    told(events).stream()
                            .filter(o -> o.fate().isPresent() || o instanceof Outcome.Proposed)
                            .count();

            assertThat(settled).isEqualTo(events.size());
        }
    }

    @Test
    void signalsWaitForTheirInteraction() {
        Decision decision =
                routing.decide(CurationCase.EMPTY, correction("c", "i-1", "ann", 1, LARGE_EDIT, 1));

        assertThat(decision.outcomes()).isEmpty();
        assertThat(decision.next().voices()).containsOnlyKeys("ann");
    }

    @Test
    void aLargeEditMakesAnExampleAndAPair() {
        Curated curated =
                curate(List.of(INTERACTION, correction("c", "i-1", "ann", 1, LARGE_EDIT, 1)));

        assertThat(curated.examples().values())
                .extracting(Example::answer)
                .containsExactly(LARGE_EDIT);
        assertThat(curated.preferences().values())
                .extracting(Preference::kind, Preference::chosen, Preference::rejected)
                .containsExactly(tuple(PreferenceKind.PAIR, LARGE_EDIT, ORIGINAL));
    }

    @Test
    void aSmallEditMakesAnExampleAndNoPair() {
        Curated curated =
                curate(List.of(INTERACTION, correction("c", "i-1", "ann", 1, SMALL_EDIT, 1)));

        assertThat(curated.examples().values())
                .extracting(Example::answer)
                .containsExactly(SMALL_EDIT);
        assertThat(curated.preferences()).isEmpty();
    }

    @Test
    void aCorrectionEqualToTheAnswerIsAnAcceptedExampleAndNoPair() {
        Routing strict = routing(0);
        CurationCase known = strict.decide(CurationCase.EMPTY, INTERACTION).next();

        List<Outcome> outcomes =
                strict.decide(known, correction("c", "i-1", "ann", 1, " " + ORIGINAL, 1))
                        .outcomes();

        assertThat(outcomes).hasSize(2);
        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Proposed.class);
        assertThat(outcomes.getLast()).isInstanceOf(Outcome.TooCloseToPair.class);
    }

    @Test
    void aThumbBesideALargeEditIsSuperseded() {
        List<Event> story =
                List.of(
                        INTERACTION,
                        correction("c", "i-1", "ann", 1, LARGE_EDIT, 1),
                        thumb("f", "i-1", "ann", false, 2),
                        thumb("g", "i-1", "ben", false, 2));

        assertThat(curate(story).preferences().values())
                .extracting(p -> p.principal().value(), Preference::kind)
                .containsExactlyInAnyOrder(
                        tuple("ann", PreferenceKind.PAIR),
                        tuple("ben", PreferenceKind.UNDESIRABLE));
    }

    @Test
    void anotherInteractionUnderTheSameIdIsAConflictAndChangesNothing() {
        CurationCase known = routing.decide(CurationCase.EMPTY, INTERACTION).next();

        Decision again = routing.decide(known, INTERACTION);
        Decision other = routing.decide(known, interaction("i-1", "Another question", ORIGINAL));

        assertThat(again.outcomes()).containsExactly(new Outcome.Dropped(Fate.DUPLICATE));
        assertThat(other.outcomes()).containsExactly(new Outcome.Dropped(Fate.CONFLICT));
        assertThat(other.next()).isEqualTo(known);
    }

    @Test
    void aCommentIsKeptUntilTheInteractionHasCome() {
        Feedback said =
                new Feedback(
                        "f",
                        new InteractionId("i-1"),
                        new PrincipalId("ann"),
                        FeedbackKind.THUMB,
                        0,
                        "it is two days late",
                        Events.MORNING);

        CurationCase waiting = routing.decide(CurationCase.EMPTY, said).next();
        CurationCase known = routing.decide(waiting, INTERACTION).next();
        CurationCase other =
                routing.decide(routing.decide(CurationCase.EMPTY, INTERACTION).next(), said).next();

        assertThat(waiting.voice(said.principal()).feedback()).isEqualTo(said);
        assertThat(new String(EventJson.write(known), UTF_8)).doesNotContain("two days");
        assertThat(known).isEqualTo(other);
        assertThat(routing.decide(known, said).outcomes())
                .containsExactly(new Outcome.Dropped(Fate.DUPLICATE));
    }

    @Test
    void noPreferenceTellsWhatAGateSuiteAsks() {
        Interaction leaking = interaction("i-1", "Where is my parcel?", "Well, " + SECRET);

        List<Outcome> outcomes = told(List.of(leaking, thumb("f", "i-1", "ann", true, 1)));

        assertThat(outcomes).contains(new Outcome.Dropped(Fate.REFUSED));
        assertThat(outcomes).noneMatch(Outcome.Preferred.class::isInstance);
    }

    @Test
    void aCaseSurvivesItsJournal() {
        CurationCase known = CurationCase.EMPTY;
        for (Event event :
                List.of(
                        thumb("f", "i-1", "ann", false, 2),
                        INTERACTION,
                        correction("c", "i-1", "ann", 1, LARGE_EDIT, 1))) {
            known = routing.decide(known, event).next();
        }

        assertThat(EventJson.read(EventJson.write(known), CurationCase.class)).isEqualTo(known);
    }

    private List<Outcome> told(List<Event> events) {
        CurationCase known = CurationCase.EMPTY;
        List<Outcome> outcomes = new ArrayList<>();
        for (Event event : events) {
            Decision decision = routing.decide(known, event);
            known = decision.next();
            outcomes.addAll(decision.outcomes());
        }
        return outcomes;
    }

    private Curated curate(List<Event> events) {
        Curated curated = new Curated(new HashMap<>(), new HashMap<>(), new HashSet<>());
        for (Outcome outcome : told(events)) {
            switch (outcome) {
                case Outcome.Proposed(var e) ->
                        curated.examples().put(e.example().exampleId(), e.example());
                case Outcome.Preferred(var p) -> curated.preferences().put(p.exampleId(), p);
                case Outcome.Quarantined(var q) -> curated.quarantined().add(q.example());
                case Outcome.Dropped _, Outcome.TooCloseToPair _, Outcome.Reconsidered _ -> {}
                case Outcome.Trained _, Outcome.HeldOut _, Outcome.Reviewed _, Outcome.Parked _ ->
                        throw new AssertionError("not routing's to decide");
            }
        }
        return curated;
    }
}
